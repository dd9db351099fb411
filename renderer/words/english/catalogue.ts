import type { Formats } from '../formats.ts';
import { accountWords, unverifiedWords } from './accounts.ts';
import { appWords } from './app.ts';
import { detailWords } from './detail.ts';
import { developerWords } from './developers.ts';
import { deviceWords } from './devices.ts';
import { exportWords } from './export.ts';
import { listWords } from './list.ts';
import { paletteWords } from './palette.ts';
import { sendWords } from './send.ts';
import { demoWords, setUpWords } from './set-up.ts';
import { credentialWords, settingsWords } from './settings.ts';
import { settingsSectionWords } from './settings-sections.ts';
import { tunnelWords } from './tunnel.ts';

/** Every word of the window in English. What is, what it means, what to do. */
export function englishWords(formats: Formats) {
  return {
    ...appWords(formats),
    list: listWords(formats),
    detail: detailWords(formats),
    devices: deviceWords(formats),
    send: sendWords(formats),
    export: exportWords(formats),
    developers: developerWords(formats),
    palette: paletteWords(),
    account: accountWords(formats),
    unverified: unverifiedWords(formats),
    credentialsDialog: credentialWords(),
    settingsDialog: { ...settingsWords(), ...settingsSectionWords(formats) },
    setUp: setUpWords(),
    demo: demoWords(),
    tunnel: tunnelWords(),
  };
}
