import type { PublicError } from '../../preload/contract/errors.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { DoctorDialog } from '../developers/doctor-dialog.tsx';
import { ExportDialog } from '../export/export-dialog.tsx';
import { AppDialog, ConfirmDialog } from '../parts/app-dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { useAsk } from '../parts/use-ask.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import { SettingsDialog, type SettingsSection } from '../settings/settings-dialog.tsx';
import { useWords } from '../words/words-context.ts';
import { AddAccountDialog } from './add-account-dialog.tsx';
import { CredentialsDialog } from './credentials-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { TimelineDialog } from './timeline-dialog.tsx';
import { UnverifiedDialog } from './unverified-dialog.tsx';

/** The dialog that is open: one at a time. */
export type OpenDialog =
  | { readonly kind: 'add-account' | 'credentials' | 'unverified' | 'keys' | 'timeline' | 'doctor' }
  | { readonly kind: 'settings'; readonly section?: SettingsSection }
  | { readonly kind: 'link-failed' | 'failed'; readonly error: PublicError }
  | { readonly kind: 'export'; readonly query: string; readonly total: number }
  | { readonly kind: 'take-over' | 'remove'; readonly account: string };

export function Dialogs(props: { open: OpenDialog; snapshot: Snapshot; settings: SettingsHold; onClose: () => void }) {
  const words = useWords();
  const { open, snapshot, onClose } = props;
  // In the simulator nothing is set up for good.
  if (snapshot.demo === 'shown' && (open.kind === 'add-account' || open.kind === 'credentials'))
    return <LeaveDemoDialog onClose={onClose} />;
  switch (open.kind) {
    case 'add-account':
      return <AddAccountDialog accounts={snapshot.accounts} onClose={onClose} />;
    case 'credentials':
      return <CredentialsDialog problems={snapshot.problems} onClose={onClose} />;
    case 'settings':
      return (
        <SettingsDialog
          key={open.section ?? 'look'}
          hold={props.settings}
          snapshot={snapshot}
          section={open.section ?? 'look'}
          onClose={onClose}
        />
      );
    case 'unverified':
      return <UnverifiedDialog onClose={onClose} />;
    case 'keys':
      return <KeysDialog onClose={onClose} />;
    case 'timeline':
      return <TimelineDialog snapshot={snapshot} onClose={onClose} />;
    case 'doctor':
      return <DoctorDialog onClose={onClose} />;
    case 'export':
      return <ExportDialog query={open.query} total={open.total} onClose={onClose} />;
    case 'link-failed':
    case 'failed':
      return (
        <AppDialog title={open.kind === 'failed' ? words.failed : words.linkFailed} onClose={onClose}>
          <Failure error={open.error} />
        </AppDialog>
      );
    case 'take-over':
      return <TakeOverDialog snapshot={snapshot} account={open.account} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog account={open.account} onClose={onClose} />;
  }
}

function TakeOverDialog(props: { snapshot: Snapshot; account: string; onClose: () => void }) {
  const words = useWords();
  const [asked, ask] = useAsk('account.takeOver');
  const holder = props.snapshot.accounts.find((account) => account.name === props.account)?.holder;
  async function takeOver(): Promise<void> {
    const outcome = await ask({ account: props.account });
    if (outcome.kind === 'done') props.onClose();
  }
  return (
    <ConfirmDialog
      title={words.account.takeOverTitle}
      body={words.account.takeOverBody(props.account, holder ?? words.account.someone)}
      yes={words.account.takeOverYes}
      busy={asked.kind === 'asked'}
      onYes={() => void takeOver()}
      onClose={props.onClose}
    >
      {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
    </ConfirmDialog>
  );
}

function LeaveDemoDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [left, leave] = useAsk('demo.leave');
  return (
    <ConfirmDialog
      title={words.demo.title}
      body={words.demo.body}
      yes={words.demo.leave}
      busy={left.kind === 'asked'}
      onYes={() => void leave({})}
      onClose={onClose}
    >
      {left.kind === 'failed' ? <Failure error={left.error} /> : null}
    </ConfirmDialog>
  );
}

function RemoveDialog(props: { account: string; onClose: () => void }) {
  const words = useWords();
  const [asked, ask] = useAsk('account.remove');
  async function remove(): Promise<void> {
    const outcome = await ask({ account: props.account });
    if (outcome.kind === 'done') props.onClose();
  }
  return (
    <ConfirmDialog
      title={words.account.removeTitle}
      body={words.account.removeBody(props.account)}
      yes={words.account.removeYes}
      busy={asked.kind === 'asked'}
      onYes={() => void remove()}
      onClose={props.onClose}
    >
      {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
    </ConfirmDialog>
  );
}
