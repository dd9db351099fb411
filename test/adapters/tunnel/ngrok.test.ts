import { describe, expect, test } from 'vitest';
import { ngrokFailure } from '../../../main/adapters/tunnel/ngrok.ts';
import { createSecret } from '../../../main/core/secret.ts';
import { createTunnelPlace } from './place.ts';

describe('ngrok', () => {
  test('its library loads here and makes a session builder', async () => {
    const { SessionBuilder } = await import('@ngrok/ngrok');
    expect(new SessionBuilder().authtoken('x')).toBeInstanceOf(SessionBuilder);
  });

  test('without a way to its service: said in words and tried again', async () => {
    const place = createTunnelPlace({ secret: createSecret('no-such-token') });
    const opened = await place.open({ kind: 'ngrok', domain: null });
    expect(opened).toMatchObject({ ok: false, error: { message: expect.stringContaining('ngrok') } });
    expect(JSON.stringify(opened)).not.toContain('no-such-token');
  });

  test.each([
    {
      error: 'failed to connect session: failed to establish tcp connection',
      kind: 'passing',
      says: 'cannot be reached',
    },
    {
      error:
        'failed to connect session: authentication failed: The authtoken you specified is not valid\n\nERR_NGROK_107',
      kind: 'needs-you',
      says: 'tunnels secret ngrok',
    },
    {
      error: 'Your account is limited to 3 simultaneous ngrok agent sessions. ERR_NGROK_108',
      kind: 'needs-you',
      says: 'End the others',
    },
    {
      error: 'The endpoint https://a.ngrok-free.app is already online. ERR_NGROK_334',
      kind: 'needs-you',
      says: 'in use',
    },
    { error: 'something new ERR_NGROK_9999', kind: 'needs-you', says: 'ERR_NGROK_9999' },
    { error: 'a token secret-token was bad', kind: 'passing', says: 'a token … was bad' },
  ])('$error', ({ error, kind, says }) => {
    const failure = ngrokFailure(new Error(error), createSecret('secret-token'));
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(says) });
    expect(failure.message).not.toContain('secret-token');
  });
});
