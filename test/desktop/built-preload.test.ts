import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import type { Bridge } from '../../preload/contract/bridge.ts';

const bundle = join(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs');

/** Runs the built preload as a sandboxed page would have it run: with `electron` and nothing else to require. */
async function exposed() {
  const invoke = vi.fn(async () => 'answer');
  const [on, off, expose] = [vi.fn(), vi.fn(), vi.fn()];
  const required: string[] = [];
  runInNewContext(await readFile(bundle, 'utf8'), {
    exports: {},
    module: { exports: {} },
    require(name: string) {
      required.push(name);
      return { contextBridge: { exposeInMainWorld: expose }, ipcRenderer: { invoke, on, off } };
    },
  });
  return { invoke, on, off, expose, required };
}

test('the page gets exactly the bridge', async () => {
  const { expose, required } = await exposed();
  expect(required).toEqual(['electron']);
  expect(expose.mock.calls.map(([name, value]) => [name, Object.keys(value as object).sort()])).toEqual([
    ['bridge', ['call', 'onSnapshot']],
  ]);
});

test('calls and snapshots go by the two channels that the app listens on', async () => {
  const { expose, invoke, on, off } = await exposed();
  const bridge = expose.mock.calls[0]?.[1] as Bridge;
  expect(await bridge.call('account.drain', { account: 'A' })).toBe('answer');
  expect(invoke).toHaveBeenCalledExactlyOnceWith('call', 'account.drain', { account: 'A' });
  const listener = vi.fn();
  const end = bridge.onSnapshot(listener);
  const [channel, hear] = on.mock.calls[0] as [string, (event: unknown, snapshot: unknown) => void];
  hear({ sender: 'kept from the page' }, { number: 1 });
  expect([channel, listener.mock.calls]).toEqual(['snapshot', [[{ number: 1 }]]]);
  end();
  expect(off).toHaveBeenCalledExactlyOnceWith('snapshot', hear);
});
