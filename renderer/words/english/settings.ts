import type { Formats } from '../formats.ts';

/** The key pair and the API user. */
export function credentialWords() {
  return {
    title: 'Credentials',
    warning:
      'Five wrong logins in a row lock the user at Verizon, and only their support unlocks it. This app stops after two.',
    kept: 'They are kept in this computer’s keychain and nowhere else.',
    appKey: 'Application key',
    appSecret: 'Application secret',
    username: 'API user name',
    password: 'API password',
    save: 'Save and sign in',
    saved: 'Saved. The app signs in with them.',
    clear: 'Forget them',
    needed: 'This is needed.',
  };
}

/** What the user can choose. */
export function settingsWords({ number }: Formats) {
  const range = (least: number, most: number): string => `${number(least)} to ${number(most)}`;
  return {
    title: 'Settings',
    language: 'Language',
    languages: { system: 'System', en: 'English', es: 'Español' },
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    density: 'Rows',
    densities: { dense: 'Dense', comfortable: 'Comfortable' },
    notifications: 'Notifications',
    notificationKinds: { all: 'With text', sender: 'Device only', nothing: 'No details', off: 'Off' },
    publicUrl: 'Public address',
    publicUrlHint:
      'Where ThingSpace reaches this app from outside: https with a certificate of a known authority, on port 80, 443, 9001–9006, 28200–28220 or 50551–50559. Empty: texts are fetched from the queue.',
    poll: 'Seconds between two looks at the queue',
    pollHint: (least: number, most: number) => `From ${range(least, most)}.`,
    pollWrong: (least: number, most: number) => `A number from ${range(least, most)}.`,
    save: 'Save',
    saved: 'Saved.',
    version: (version: string) => `Version ${version}`,
  };
}
