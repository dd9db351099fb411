import { expect, test } from 'vitest';
import { providers } from '../../../main/adapters/tunnel/providers.ts';

test.each(Object.entries(providers))(
  'the port of %s stands within a line: no capital, no full stop',
  (_kind, { publicPort }) => {
    expect(publicPort).toMatch(/^(?:\d+|[a-z].*[^.])$/);
  },
);
