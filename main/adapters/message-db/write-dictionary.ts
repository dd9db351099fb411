import type { Database } from 'better-sqlite3';
import type { DeviceId } from '../../../preload/contract/message.ts';
import { cutTemplate, rebuild, type Shape, type ShapeValues, templateOf } from './raw-shape.ts';
import { identifierText, packIdentifiers } from './rows.ts';

/** A set of identifiers as it once came, and all sets that name the same device: one identifier in common is enough. */
export interface KnownDevice {
  readonly number: number;
  readonly related: readonly number[];
}

export interface Dictionary {
  readonly account: (name: string) => number;
  readonly device: (deviceIds: readonly DeviceId[]) => KnownDevice;
  /** The number of a body's shape, or null when the body itself must be kept. */
  readonly shape: (raw: string, values: ShapeValues) => number | null;
  /** The body of a shape with a row's values. */
  readonly body: (shape: number, values: ShapeValues) => string;
}

const cachedDevices = 20_000;
const mostShapes = 512;
const rememberedTemplates = 256;
const triedShapes = 4;

function createAccounts(database: Database): Dictionary['account'] {
  const find = database.prepare<[string], { id: number }>('SELECT id FROM account WHERE name = ?');
  const insert = database.prepare<[string]>('INSERT INTO account (name) VALUES (?)');
  const known = new Map<string, number>();
  return (name) => {
    let number = known.get(name);
    if (number === undefined) {
      number = find.get(name)?.id ?? Number(insert.run(name).lastInsertRowid);
      known.set(name, number);
    }
    return number;
  };
}

function createDevices(database: Database): Dictionary['device'] {
  const find = database.prepare<[string], { id: number }>('SELECT id FROM device WHERE identifiers = ?');
  const insert = database.prepare<[string]>('INSERT INTO device (identifiers) VALUES (?)');
  const insertIdentifier = database.prepare<[string, number]>(
    'INSERT OR IGNORE INTO device_identifier (identifier, device) VALUES (?, ?)',
  );
  const findRelated = database.prepare<[string], { device: number }>(
    'SELECT device FROM device_identifier WHERE identifier = ?',
  );
  const known = new Map<string, KnownDevice>();

  function look(packed: string, deviceIds: readonly DeviceId[]): KnownDevice {
    const names = deviceIds.map(identifierText);
    const found = find.get(packed)?.id;
    const number = found ?? Number(insert.run(packed).lastInsertRowid);
    if (found === undefined) for (const name of names) insertIdentifier.run(name, number);
    const related = new Set(names.flatMap((name) => findRelated.all(name).map((row) => row.device)));
    // A new set widens what its relatives are related to: they are looked up again.
    if ((found === undefined && related.size > 1) || known.size >= cachedDevices) known.clear();
    return { number, related: [...related.add(number)] };
  }

  return (deviceIds) => {
    const packed = packIdentifiers(deviceIds);
    let device = known.get(packed);
    if (device === undefined) {
      device = look(packed, deviceIds);
      known.set(packed, device);
    }
    return device;
  };
}

/** A shape is worth a number once it has come twice: bodies that are all different would fill the table. */
function createShapes(database: Database): Pick<Dictionary, 'shape' | 'body'> {
  const insert = database.prepare<[string]>('INSERT INTO shape (template) VALUES (?)');
  const numbers = new Map<string, number>();
  const shapes = new Map<number, Shape>();
  const seenOnce = new Set<string>();
  let lately: readonly number[] = [];

  function know(template: string, number: number): number {
    numbers.set(template, number);
    shapes.set(number, cutTemplate(template));
    return number;
  }

  function meet(template: string): number | null {
    if (numbers.size >= mostShapes) return null;
    if (seenOnce.delete(template)) return know(template, Number(insert.run(template).lastInsertRowid));
    if (seenOnce.size >= rememberedTemplates) seenOnce.clear();
    seenOnce.add(template);
    return null;
  }

  const body = (number: number, values: ShapeValues) => rebuild(shapes.get(number) ?? [], values);
  for (const { id, template } of database.prepare<[], { id: number; template: string }>('SELECT * FROM shape').all())
    know(template, id);
  return {
    body,
    shape(raw, values) {
      // Mostly it is one of the last few: trying those is faster than finding the template.
      const again = lately.find((number) => body(number, values) === raw);
      if (again !== undefined) return again;
      const template = templateOf(raw, values);
      const number = template === null ? null : (numbers.get(template) ?? meet(template));
      if (number !== null) lately = [number, ...lately].slice(0, triedShapes);
      return number;
    },
  };
}

/** The numbers that stand for account names, sets of device identifiers and shapes of bodies. */
export function createDictionary(database: Database): Dictionary {
  return { account: createAccounts(database), device: createDevices(database), ...createShapes(database) };
}
