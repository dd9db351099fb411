import type { Book } from '../say.ts';
import { examinationSentences } from './examination.ts';
import { keepingSentences } from './keeping.ts';
import { sendingSentences } from './sending.ts';
import { serviceSentences } from './service.ts';
import { stateSentences } from './state.ts';
import { traySentences } from './tray.ts';
import { tunnelOfferSentences } from './tunnel-offers.ts';
import { wayInSentences } from './way-in.ts';

/** What the core says, in Spanish; its reader is «usted». */
export const spanish: Book = {
  ...stateSentences,
  ...serviceSentences,
  ...wayInSentences,
  ...tunnelOfferSentences,
  ...keepingSentences,
  ...examinationSentences,
  ...sendingSentences,
  ...traySentences,
};
