import type { AccountView } from '../../preload/contract/snapshot.ts';
import { Choice } from '../parts/choice.tsx';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { Mutes } from './mutes.tsx';
import { NotificationRules } from './notification-rules.tsx';
import { Outcome } from './outcome.tsx';
import { QuietHoursForm } from './quiet-hours.tsx';
import { useApply } from './use-apply.ts';

/** How much is told of a text, and which texts are told at all. */
export function NotificationsSection({ hold, accounts }: { hold: SettingsHold; accounts: readonly AccountView[] }) {
  const words = useWords().settingsDialog;
  const [outcome, apply] = useApply(hold);
  return (
    <>
      <Choice
        label={words.notifications.title}
        value={hold.settings.notifications}
        options={words.notificationKinds}
        onChange={(notifications) => void apply({ notifications })}
      />
      <Outcome outcome={outcome} />
      <Mutes hold={hold} accounts={accounts} />
      <QuietHoursForm hold={hold} />
      <NotificationRules hold={hold} />
    </>
  );
}
