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
export function settingsWords() {
  return {
    title: 'Settings',
    language: 'Language',
    languages: { system: 'System', en: 'English', es: 'Español' },
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    density: 'Rows',
    densities: { dense: 'Dense', comfortable: 'Comfortable' },
    notificationKinds: { all: 'With text', sender: 'Device only', nothing: 'No details', off: 'Off' },
    poll: 'Seconds between two looks at the queue',
    save: 'Save',
    saved: 'Saved.',
    version: (version: string) => `Version ${version}`,
  };
}
