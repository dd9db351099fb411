import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemReport, type ReportFacts } from '../../main/core/problem-report.ts';
import { defaultSettings } from '../../preload/contract/settings.ts';
import { sampleAccount, sampleSnapshot } from '../fakes/samples.ts';

/** Everything that is private, or may be, is `secret`. */
function facts(secret: string): ReportFacts {
  const problem = {
    code: 'callback-held' as const,
    message: `Held by ${secret}`,
    account: secret,
    service: { errorCode: secret, errorMessage: secret, status: 403 },
  };
  const account = sampleAccount({ name: secret, sentence: secret, problem, holder: secret, lastTextAt: secret });
  const stack = `TypeError: ${secret}\n    at handle (file:///home/${secret}/main/services/router.ts:30:7)\n    at ${secret}`;
  return {
    core: {
      snapshot: sampleSnapshot({
        sentence: secret,
        publicOrigin: `https://${secret}`,
        accounts: [account],
        problems: [problem],
      }),
      settings: {
        ...defaultSettings,
        accounts: [{ name: secret, mode: 'auto' }],
        publicUrl: `https://${secret}`,
        extraHosts: [secret],
        mutes: [{ of: { kind: 'device', id: secret }, until: null }],
        notificationRules: [{ search: secret, notify: 'always' }],
        quietHours: { from: '22:00', to: '07:00', unless: [secret] },
      },
      timeline: [{ at: secret, account: secret, kind: 'problem', text: secret }],
    },
    log: [
      JSON.stringify({
        time: '2026-11-24T00:00:00Z',
        level: 'error',
        event: 'handler-broke',
        facts: { name: secret, bug: stack },
      }),
      JSON.stringify({ time: secret, level: secret, event: secret, facts: secret }),
      secret,
      `{"broken ${secret}`,
    ],
    versions: { app: '0.1.0' },
    platform: 'linux x64',
    now: Date.UTC(2026, 10, 24),
  };
}

describe('the problem report', () => {
  test('holds nothing private, whatever that is', () => {
    // Words, account names, numbers of devices, addresses: what a pattern for harmless things might take for one.
    const word = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9@:/.+_ -]{0,40}QQ[A-Za-z0-9@:/.+_ -]{0,40}$/),
      fc.stringMatching(/^[1-9]\d{9}-\d{5}$/),
      fc.stringMatching(/^[1-9]\d{14,18}$/),
    );
    fc.assert(
      fc.property(word, (secret) => {
        const telling = secret.includes('QQ') ? 'QQ' : secret.slice(0, 10);
        expect(problemReport(facts(secret))).not.toContain(telling);
      }),
      { numRuns: 1_000 },
    );
  });

  test('keeps what helps: states, codes, counts, and where the code broke', () => {
    const report = problemReport(facts('0000123456-00001'));
    for (const line of [
      'made 2026-11-24T00:00:00.000Z on linux x64',
      '  app 0.1.0',
      '  callback-held, account 1, HTTP 403',
      '  «hidden» problem, account 1',
      '  2026-11-24T00:00:00Z error handler-broke',
      '    TypeError',
      '      handle router.ts:30',
      '  «hidden» «hidden» «hidden»',
    ])
      expect(report.split('\n')).toContain(line);
    expect(report).toMatch(/account 1: mode auto; state live; problem callback-held/);
    expect(report).not.toContain('0000123456');
  });
});
