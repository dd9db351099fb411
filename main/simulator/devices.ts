/** The sample devices: who they are, what they report by themselves, and what they answer to a command. */
import { createHash } from 'node:crypto';
import { pick, type Random, whole } from './random.ts';
import type { DeviceId } from './texts.ts';

type DeviceModel = 'tracker' | 'meter' | 'router' | 'alarm';

export interface SampleDevice {
  readonly account: string;
  readonly name: string;
  readonly model: DeviceModel;
  readonly state: 'active' | 'suspended';
  readonly deviceIds: readonly DeviceId[];
}

const models: readonly DeviceModel[] = ['tracker', 'meter', 'router', 'alarm'];

/** The check digit that IMEIs and ICCIDs end in. */
function withCheckDigit(digits: string): string {
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function identifiers(index: number): readonly DeviceId[] {
  const serial = String(index).padStart(4, '0');
  return [
    { id: `702555${serial}`, kind: 'mdn' },
    { id: withCheckDigit(`9900139078${serial}`), kind: 'imei' },
    { id: withCheckDigit(`891480000080013${serial}`), kind: 'iccid' },
  ];
}

/** One device of each model for every account, and a suspended one that takes no texts. */
export function sampleDevices(accounts: readonly string[]): readonly SampleDevice[] {
  return accounts.flatMap((account, accountIndex) => {
    const first = 101 + accountIndex * 100;
    const working = models.map(
      (model, index): SampleDevice => ({
        account,
        model,
        name: `${model}-${first + index}`,
        state: 'active',
        deviceIds: identifiers(first + index),
      }),
    );
    const index = first + models.length;
    const spare: SampleDevice = {
      account,
      model: 'tracker',
      name: `tracker-${index}`,
      state: 'suspended',
      deviceIds: identifiers(index),
    };
    return [...working, spare];
  });
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function nmeaSentence(random: Random, now: number): string {
  const time = new Date(now);
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(twoDigits).join('');
  const date = [time.getUTCDate(), time.getUTCMonth() + 1, time.getUTCFullYear() % 100].map(twoDigits).join('');
  const minutes = () => `${twoDigits(whole(random, 0, 59))}.${String(whole(random, 0, 9999)).padStart(4, '0')}`;
  const speed = (random() * 60).toFixed(1).padStart(5, '0');
  const heading = String(whole(random, 0, 359)).padStart(3, '0');
  const fields = `GPRMC,${clock}.00,A,47${minutes()},N,122${minutes()},W,${speed},${heading}.0,${date},,`;
  const checksum = Buffer.from(fields).reduce((sum, byte) => sum ^ byte, 0);
  return `$${fields}*${checksum.toString(16).toUpperCase().padStart(2, '0')}`;
}

function position(random: Random): string {
  const [latitude, longitude] = [47 + random(), -122 - random()];
  const ignition = pick(random, ['on', 'off']);
  return `lat=${latitude.toFixed(5)} lon=${longitude.toFixed(5)} spd=${whole(random, 0, 110)} hdg=${whole(random, 0, 359)} bat=${whole(random, 20, 100)} ign=${ignition}`;
}

/** A frame of a meter in hex: start, reading in litres, voltage, checksum, end. */
function meterFrame(random: Random, now: number): string {
  const reading = Math.floor(now / 60_000) % 0xffffff;
  const payload = reading.toString(16).padStart(8, '0') + whole(random, 3300, 3650).toString(16).padStart(4, '0');
  const checksum = createHash('sha256').update(payload).digest('hex').slice(0, 2);
  return `68${payload}${checksum}16`.toUpperCase();
}

function routerStatus(device: SampleDevice, random: Random): string {
  const network = pick(random, ['LTE', 'LTE-M', 'EV-DO Rev.A.']);
  return `reply from ${device.name}: status IP 10.226.22.${whole(random, 2, 250)} Network Ready : ${network}  RSSI -${whole(random, 51, 108)} up=${whole(random, 1, 90)}d`;
}

function alarmEvent(random: Random): string {
  const event = pick(random, ['door open', 'door closed', 'motion', 'power lost', 'power restored', 'self test ok']);
  const armed = pick(random, ['yes', 'no']);
  return `ALARM zone=${whole(random, 1, 8)} event="${event}" armed=${armed} tamper=no`;
}

/** What the device texts when nobody asked. */
export function report(device: SampleDevice, random: Random, now: number): string {
  switch (device.model) {
    case 'tracker':
      return random() < 0.5 ? nmeaSentence(random, now) : position(random);
    case 'meter':
      return meterFrame(random, now);
    case 'router':
      return routerStatus(device, random);
    case 'alarm':
      return alarmEvent(random);
  }
}

const commands = 'STATUS LOCATE READ REBOOT PING HELP';

/** What the device texts back, one text after another; upper and lower case are the same to it. */
export function answersTo(device: SampleDevice, command: string, random: Random, now: number): readonly string[] {
  switch (command.trim().split(/\s+/)[0]?.toUpperCase()) {
    case 'STATUS':
      return [device.model === 'router' ? routerStatus(device, random) : `STATUS OK ${device.name} bat=87 fw=2.4.1`];
    case 'LOCATE':
      return [device.model === 'tracker' ? `LOC ${position(random)}` : 'ERR LOCATE no receiver'];
    case 'READ':
      return [device.model === 'meter' ? meterFrame(random, now) : 'ERR READ no meter'];
    case 'REBOOT':
      return ['REBOOT accepted', `BOOT OK ${device.name} fw=2.4.1`];
    case 'PING':
      return ['PONG'];
    case 'HELP':
      return [`commands: ${commands}`];
    default:
      return ['ERR unknown command, text HELP'];
  }
}
