/** The palette, and what it lists beyond what buttons are called. */
export function paletteWords() {
  return {
    title: 'All actions',
    placeholder: 'What should be done?',
    none: 'No action is called that.',
    done: 'Done.',
    markAllRead: 'Mark all texts as read',
    allRead: 'All texts are marked as read.',
    mute: 'Mute notifications for an hour',
    muted: 'No notifications for an hour.',
    copyAddress: 'Copy the public address',
    retry: 'Try everything again now',
    retried: 'Everything is tried again.',
    onlyAccount: 'Show the texts of this account only',
    savedSearch: 'Go to a saved search',
    theme: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' },
    density: { dense: 'Dense rows', comfortable: 'Comfortable rows' },
    language: { system: 'Language of the system', en: 'Switch to English', es: 'Cambiar a español' },
  };
}
