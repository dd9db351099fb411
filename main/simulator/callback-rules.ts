/** What may be registered. The rules are documented; the error codes for them are not, and are made up here. */
import type { Credentials } from './credentials.ts';
import { m2mError, type Reply } from './http.ts';
import type { Switches } from './switches.ts';

export const textService = 'EnhancedConnectivityService';
export const confirmationService = 'SMSDeliveryConfirmation';

const services = new Set([
  'AlertService',
  'AlertsService',
  'CarrierService',
  'DevicePRLInformation',
  'DeviceProfileService',
  'DeviceService',
  'DeviceSuspensionStatus',
  'DeviceUsage',
  'DiagnosticsService',
  'ExternalProvisioningChanges',
  'NiddService',
  'PromoChanges',
  'ResumeTrackingNotification',
  'StateService',
  'SubscriptionNotificationService',
  confirmationService,
  textService,
]);

const portRanges = [
  [80, 80],
  [443, 443],
  [9001, 9006],
  [50551, 50559],
  [28200, 28220],
] as const;

const credentialLimit = 40;

const refusal = (what: string, message: string): Reply => m2mError(`INPUT_INVALID.Callback.${what}`, message);

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

function portAllowed(url: URL, rule: Switches['callbackPorts']): boolean {
  if (rule === 'any' || (rule === 'any-on-loopback' && isLoopback(url.hostname))) return true;
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return portRanges.some(([low, high]) => port >= low && port <= high);
}

function refuseUrl(url: unknown, ports: Switches['callbackPorts']): Reply | null {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return refusal('Url', 'The URL is not valid.');
  return portAllowed(parsed, ports) ? null : refusal('Port', 'The port of the URL is not allowed.');
}

function refuseCredentials(username: unknown, password: unknown, own: Credentials): Reply | null {
  const values = [username, password].filter((value) => value !== undefined && value !== null);
  const usable = values.every((value) => typeof value === 'string' && value.length <= credentialLimit);
  if (!usable) return refusal('Credentials', 'The user name and the password have at most 40 characters.');
  if (username === own.username && password === own.password)
    return refusal('Credentials', 'The credentials of the session may not be used for callbacks.');
  return null;
}

/** Why this cannot be registered, or null. */
export function refuseRegistration(
  fields: Readonly<Record<string, unknown>>,
  own: Credentials,
  ports: Switches['callbackPorts'],
): Reply | null {
  const { name, url, username, password } = fields;
  if (typeof name !== 'string' || !services.has(name)) return refusal('ServiceName', 'The service name is not valid.');
  return refuseUrl(url, ports) ?? refuseCredentials(username, password, own);
}
