import { type ReactNode, useEffect, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { useMedia } from '../parts/use-media.ts';
import type { SettingsHold } from '../parts/use-settings.ts';
import { useWords } from '../words/words-context.ts';
import { AboutSection } from './about-section.tsx';
import { AccountsSection } from './accounts-section.tsx';
import { ForwardsSection } from './forwards-section.tsx';
import { LookSection } from './look-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { QueueSection } from './queue-section.tsx';
import { WayInSection } from './way-in-section.tsx';

const sections = ['look', 'accounts', 'wayIn', 'queue', 'notifications', 'forwards', 'about'] as const;
export type SettingsSection = (typeof sections)[number];

interface SettingsDialogProps {
  readonly hold: SettingsHold;
  readonly snapshot: Snapshot;
  /** The one that is shown first. */
  readonly section: SettingsSection;
  readonly onClose: () => void;
}

/** Everything that can be chosen. Choices count at once; what is typed counts once it is saved. */
export function SettingsDialog({ hold, snapshot, section: first, onClose }: SettingsDialogProps) {
  const words = useWords().settingsDialog;
  const narrow = useMedia('(max-width: 719px)');
  const [fresh, setFresh] = useState(false);
  const { refresh } = hold;
  // Another face, such as the tray, may have changed them.
  useEffect(() => {
    void refresh().then(() => setFresh(true));
  }, [refresh]);
  const views: Readonly<Record<SettingsSection, ReactNode>> = {
    look: <LookSection hold={hold} />,
    accounts: <AccountsSection snapshot={snapshot} />,
    wayIn: <WayInSection hold={hold} wayIn={snapshot.wayIn} />,
    queue: <QueueSection hold={hold} />,
    notifications: <NotificationsSection hold={hold} accounts={snapshot.accounts} />,
    forwards: <ForwardsSection hold={hold} />,
    about: <AboutSection hold={hold} appVersion={snapshot.appVersion} />,
  };
  return (
    <AppDialog title={words.title} wide onClose={onClose}>
      {fresh ? (
        <Tabs className="settings" orientation={narrow ? 'horizontal' : 'vertical'} defaultSelectedKey={first}>
          <TabList className="settings-tabs" aria-label={words.title}>
            {sections.map((section) => (
              <Tab key={section} id={section} className="settings-tab">
                {words.sections[section]}
              </Tab>
            ))}
          </TabList>
          {sections.map((section) => (
            <TabPanel key={section} id={section} className="settings-panel">
              {views[section]}
            </TabPanel>
          ))}
        </Tabs>
      ) : (
        <p role="status">{words.loading}</p>
      )}
    </AppDialog>
  );
}
