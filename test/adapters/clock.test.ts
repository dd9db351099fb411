import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../main/adapters/clock.ts';
import { createFakeClock } from '../fakes/clock.ts';

const runs = promisify(execFile);
const clockFile = join(import.meta.dirname, '..', '..', 'main', 'adapters', 'clock.ts');

describe('the real clock', () => {
  it('tells the time, and calls after a wait', async () => {
    const clock = createClock();
    const before = clock.now();
    await new Promise<void>((resolve) => {
      clock.after(20, resolve);
    });
    expect(clock.now() - before).toBeGreaterThanOrEqual(15);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });

  it('does not call what was cancelled', async () => {
    const clock = createClock();
    let called = false;
    clock.after(1, () => {
      called = true;
    })();
    await new Promise<void>((resolve) => {
      clock.after(20, resolve);
    });
    expect(called).toBe(false);
  });

  it('waits longer than a timer can without calling at once, and lets the process end meanwhile', async () => {
    const program = `import { createClock } from '${clockFile}';
      const cancel = createClock().after(90 * 86_400_000, () => console.log('called'));
      createClock().after(3_600_000, () => console.log('called'));
      setTimeout(() => console.log('ended'), 50);`;
    const { stdout } = await runs(process.execPath, ['--input-type=module-typescript', '--eval', program], {
      timeout: 10_000,
    });
    expect(stdout).toBe('ended\n');
  });
});

describe('the fake clock', () => {
  it('calls what is due, in order, and nothing that was cancelled', async () => {
    const clock = createFakeClock(0);
    const called: string[] = [];
    clock.after(20, () => called.push(`b at ${clock.now()}`));
    clock.after(10, () => {
      called.push(`a at ${clock.now()}`);
      clock.after(5, () => called.push(`c at ${clock.now()}`));
    });
    clock.after(12, () => called.push('never'))();
    await clock.advance(19);
    expect(called).toEqual(['a at 10', 'c at 15']);
    await clock.advance(1);
    expect(called).toEqual(['a at 10', 'c at 15', 'b at 20']);
    expect(clock.waiting()).toBe(0);
  });

  it('jumps without calling anything', async () => {
    const clock = createFakeClock(0);
    let called = false;
    clock.after(10, () => {
      called = true;
    });
    clock.jump(1_000_000);
    expect(clock.now()).toBe(1_000_000);
    expect(called).toBe(false);
    await clock.advance(10);
    expect(called).toBe(true);
  });
});
