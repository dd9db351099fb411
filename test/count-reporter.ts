import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with one line that counts the tests, after the names of those that were skipped and of those that passed
 * only when tried again; with `CI=true` a test that was skipped counts as failed.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    const skipped: string[] = [];
    const second: string[] = [];
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => ({
        name: test.fullName,
        state: test.result().state,
        flaky: test.diagnostic()?.flaky ?? false,
      }));
      if (states.length === 0 && module.state() === 'failed') counts.failed += 1;
      for (const { name, state, flaky } of states) {
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1;
        if (state === 'skipped') skipped.push(name);
        if (flaky) second.push(name);
      }
    }
    for (const name of second) process.stdout.write(`passed only when tried again: ${name}\n`);
    for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
    if (process.env['CI'] === 'true' && skipped.length > 0) {
      process.stdout.write('With CI=true nothing may be skipped.\n');
      counts.failed += counts.skipped;
      counts.skipped = 0;
      process.exitCode = 1;
    }
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
