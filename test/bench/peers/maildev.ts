import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { sampleText } from '../harness/texts.ts';
import type { StartPeer } from './peers.ts';
import { answers, end, freePort, installFromNpm } from './processes.ts';

const version = '3.0.0';

/** Sends mails over one connection until the time is up; resolves to how many were taken. */
function sendMails(port: number, until: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let sent = 0;
    let step = 0;
    const words = () => [
      'MAIL FROM:<device@example.com>\r\n',
      'RCPT TO:<inbox@example.com>\r\n',
      'DATA\r\n',
      `Subject: text\r\n\r\n${sampleText(sent).text}\r\n.\r\n`,
    ];
    const done = () => {
      socket.destroy();
      resolve(sent);
    };
    let heard = '';
    socket.on('data', (chunk) => {
      heard += String(chunk);
      // The last line of an answer has a space behind its number.
      if (!/^\d{3} .*\r\n$/m.test(heard)) return;
      heard = '';
      if (step === 0) socket.write('EHLO bench\r\n');
      else {
        if (step > 1 && (step - 1) % 4 === 0) sent += 1;
        if (performance.now() > until) return done();
        socket.write(words()[(step - 1) % 4] ?? '');
      }
      step += 1;
    });
    socket.on('error', done);
  });
}

/** MailDev: the same texts as mails, kept in memory. */
export const startMaildev: StartPeer = async (bench) => {
  const folder = installFromNpm(bench, 'maildev', version);
  const port = await freePort();
  const web = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(folder, 'node_modules', 'maildev', 'dist', 'bin', 'maildev.js'),
      '--smtp',
      String(port),
      '--web',
      String(web),
      '--ip',
      '127.0.0.1',
      '--web-ip',
      '127.0.0.1',
      '--silent',
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  await answers(port, child);
  return {
    name: `maildev ${version}`,
    does: 'mail → memory',
    async measure() {
      const startedAt = performance.now();
      const sent = await Promise.all(Array.from({ length: 16 }, () => sendMails(port, startedAt + 1000)));
      return sent.reduce((sum, each) => sum + each, 0) / ((performance.now() - startedAt) / 1000);
    },
    stop: () => end(child),
  };
};
