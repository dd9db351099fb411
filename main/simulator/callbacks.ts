/** Registering for callbacks, listing and deregistering. Notes, sections 2.1 and 2.2. */
import type { Accounts } from './accounts.ts';
import { refuseRegistration } from './callback-rules.ts';
import type { Credentials } from './credentials.ts';
import { bare, type Call, json, m2mError, parameter, type Reply, readFields } from './http.ts';
import { shownCredentials } from './payloads.ts';
import type { Registration, Registry } from './registry.ts';
import type { ReadSwitches, Switches } from './switches.ts';

export interface Callbacks {
  readonly register: (call: Call) => Reply;
  readonly list: (call: Call) => Reply;
  readonly deregister: (call: Call) => Reply;
}

interface Dependencies {
  readonly accounts: Accounts;
  readonly credentials: Credentials;
  readonly registry: Registry;
  readonly switches: ReadSwitches;
}

const optionalText = (value: unknown): string => (typeof value === 'string' ? value : '');

function registrationOf(accountName: string, fields: Readonly<Record<string, unknown>>): Registration {
  return {
    accountName,
    serviceName: optionalText(fields['name']),
    url: optionalText(fields['url']),
    username: optionalText(fields['username']),
    password: optionalText(fields['password']),
  };
}

function shown(
  { serviceName, accountName, url, ...credentials }: Registration,
  { callbackListKey, unsetCredentials }: Switches,
): Readonly<Record<string, string>> {
  return { accountName, [callbackListKey]: serviceName, url, ...shownCredentials(credentials, unsetCredentials) };
}

function emptyList(form: Switches['emptyCallbackList']): Reply {
  switch (form) {
    case 'empty-body':
      return bare(200, { 'Content-Type': 'application/json' });
    case 'list':
      return json(200, []);
    case '204':
      return bare(204);
  }
}

export function createCallbacks({ accounts, credentials, registry, switches }: Dependencies): Callbacks {
  return {
    register(call) {
      const account = parameter(call, 'account');
      const fields = readFields(call.body);
      if (!fields) return m2mError('DeserializationFailed', 'The request could not be read.');
      const refusal = accounts.refuse(account) ?? refuseRegistration(fields, credentials, switches().callbackPorts);
      if (refusal) return refusal;
      const registration = registrationOf(account, fields);
      const { accountName, serviceName } = registration;
      if (switches().callbackWhenHeld === 'refuse' && registry.find(accountName, serviceName))
        return m2mError('INPUT_INVALID.Callback.AlreadyRegistered', 'A callback is already registered.');
      registry.hold(registration);
      return json(200, { accountName, serviceName });
    },
    list(call) {
      const account = parameter(call, 'account');
      const refusal = accounts.refuse(account);
      if (refusal) return refusal;
      const held = registry.all(account);
      if (held.length === 0) return emptyList(switches().emptyCallbackList);
      return json(
        200,
        held.map((registration) => shown(registration, switches())),
      );
    },
    deregister(call) {
      const [accountName, serviceName] = [parameter(call, 'account'), parameter(call, 'service')];
      const refusal = accounts.refuse(accountName);
      if (refusal) return refusal;
      if (!registry.release(accountName, serviceName))
        return m2mError('INPUT_INVALID.Callback.NotRegistered', 'No callback is registered.');
      return json(200, { accountName, serviceName });
    },
  };
}
