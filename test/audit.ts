import { spawnSync } from 'node:child_process';
import { z } from 'zod';

/*
 * Asks the registry whether something that we ship is known to be weak: `npm run audit`. Fails on what is high or
 * critical. A registry that answers no such question (a mirror, no network) is said, and fails nothing.
 */

const answer = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']), range: z.string() }),
  ),
});

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const read = answer.safeParse(parsed(stdout));
const found = Object.entries(read.data?.vulnerabilities ?? {});
for (const [name, { severity, range }] of found) console.log(`${severity.padEnd(8)}  ${name} ${range}`);
const grave = found.filter(([, { severity }]) => severity === 'high' || severity === 'critical');
console.log(
  read.success
    ? `audit: ${found.length} known weaknesses in what is shipped, ${grave.length} of them high or critical`
    : 'audit: not checked, because this registry does not answer audits',
);
process.exitCode = grave.length === 0 ? 0 : 1;
