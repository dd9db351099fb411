import { setTimeout as pause } from 'node:timers/promises';
import { Message, MessageType, sessionBus } from '@jellybrick/dbus-next';

/* One peer on a D-Bus, in plain calls and signals. Signatures are those of the D-Bus specification. */

export interface Call {
  readonly to: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface Signal {
  readonly sender: string;
  readonly path: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** What is answered to a call: the values, and their signature. */
export type Reply = readonly [signature: string, ...values: readonly unknown[]];
type Answer = (body: readonly unknown[], sender: string) => Reply;

export interface Bus {
  /** The name that the bus gave, such as `:1.7`. */
  readonly name: string;
  own(name: string): Promise<void>;
  call(call: Call): Promise<readonly unknown[]>;
  /** Answers calls to `path`, by `interface.Member`. What is not among them stays refused. */
  serve(path: string, members: Readonly<Record<string, Answer>>): void;
  signal(path: string, interfaceName: string, member: string, signature: string, body: readonly unknown[]): void;
  /** Calls with each signal `member` of the interface from now on. */
  onSignal(interfaceName: string, member: string, listener: (signal: Signal) => void): Promise<void>;
  close(): void;
}

const answerWithinMs = 20_000;
const daemon = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

function connected(bus: ReturnType<typeof sessionBus>): Promise<string> {
  return new Promise((resolve, reject) => {
    bus.once('connect', () => resolve(bus.name ?? ''));
    // Its types name no such event, but it is what a refused socket gives.
    (bus as { on(event: string, listener: (error: Error) => void): void }).on('error', reject);
  });
}

export async function openBus(busAddress: string): Promise<Bus> {
  const bus = sessionBus({ busAddress });
  const name = await connected(bus);
  const served = new Map<string, Readonly<Record<string, Answer>>>();
  const listeners: { readonly key: string; readonly listener: (signal: Signal) => void }[] = [];

  bus.addMethodHandler((message: Message) => {
    const answer = served.get(message.path)?.[`${message.interface}.${message.member}`];
    if (!answer) return false;
    const [signature, ...values] = answer(message.body, message.sender);
    bus.send(Message.newMethodReturn(message, signature, values));
    return true;
  });
  bus.on('message', ({ type, interface: from, member, sender, path, body }) => {
    if (type !== MessageType.SIGNAL) return;
    for (const { key, listener } of listeners) {
      if (key === `${from}.${member}`) listener({ sender, path, member, body });
    }
  });

  const call = async ({ to, path, interface: on, member, signature = '', body = [] }: Call) => {
    const asked = new Message({ destination: to, path, interface: on, member, signature, body: [...body] });
    const late = pause(answerWithinMs, null, { ref: false }).then(() => {
      throw new Error(`${to} did not answer ${member} within ${answerWithinMs / 1000} s`);
    });
    return (await Promise.race([bus.call(asked), late]))?.body ?? [];
  };

  return {
    name,
    call,
    async own(wanted) {
      const [code] = await call({ ...daemon, member: 'RequestName', signature: 'su', body: [wanted, 4] });
      if (code !== 1) throw new Error(`${wanted} has an owner already`);
    },
    serve: (path, members) => void served.set(path, members),
    signal: (path, interfaceName, member, signature, body) =>
      bus.send(Message.newSignal(path, interfaceName, member, signature, [...body])),
    async onSignal(interfaceName, member, listener) {
      listeners.push({ key: `${interfaceName}.${member}`, listener });
      const rule = `type='signal',interface='${interfaceName}',member='${member}'`;
      await call({ ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
    },
    close: () => bus.disconnect(),
  };
}
