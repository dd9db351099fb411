/** The same as in electron-builder.yml: Windows shows toasts only for an identifier that a shortcut bears. */
export const appId = 'io.github.thingspace-sms-tray';

/** What Windows starts when a toast is clicked after the app has ended. It must never change. */
export const toastActivator = '{6F0C9E7A-4B3D-4E55-9C1F-2D7A8B5E3C41}';
