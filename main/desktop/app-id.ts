/** The same as in electron-builder.yml: Windows shows toasts only for an identifier that a shortcut bears. */
export const appId = 'io.github.thingspace-sms-tray';
