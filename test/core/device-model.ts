import { place, type Sightings } from '../../main/core/device.ts';
import type { DeviceId } from '../../preload/contract/message.ts';

const text = ({ kind, id }: DeviceId) => `${kind}:${id}`;

/** What a run of sightings makes of devices, by the rule alone: plain maps in place of the database. */
export function createModel() {
  const holders = new Map<string, number>();
  const maimed = new Set<number>();
  const mergedInto = new Map<number, number>();
  let next = 1;
  const heldBy = (device: number): readonly DeviceId[] =>
    [...holders]
      .filter(([, holder]) => holder === device)
      .map(([key]) => ({ kind: key.slice(0, key.indexOf(':')), id: key.slice(key.indexOf(':') + 1) }));
  const known: Sightings = {
    holder: (id) => holders.get(text(id)) ?? null,
    heldBy,
    isWhole: (device) => !maimed.has(device),
  };
  const resolve = (device: number): number => {
    const into = mergedInto.get(device);
    return into === undefined ? device : resolve(into);
  };
  return {
    known,
    resolve,
    see(ids: readonly DeviceId[]): number {
      const { device: found, absorbed, taken, dropped } = place(ids, known);
      const device = found ?? next++;
      for (const other of absorbed) {
        mergedInto.set(other, device);
        for (const id of heldBy(other)) holders.set(text(id), device);
      }
      for (const id of taken) {
        const before = known.holder(id);
        if (before !== null && before !== device) maimed.add(before);
        holders.set(text(id), device);
      }
      for (const id of dropped) holders.delete(text(id));
      if (dropped.length > 0) maimed.add(device);
      return device;
    },
  };
}
