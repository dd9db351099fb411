import { useCallback, useEffect, useState } from 'react';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input } from '../../preload/contract/methods.ts';
import { defaultSettings, type Settings } from '../../preload/contract/settings.ts';
import { useBridge } from './bridge-context.ts';

export interface SettingsHold {
  readonly settings: Settings;
  /** Null when it was changed. */
  readonly change: (change: Input<'settings.change'>) => Promise<PublicError | null>;
}

/** What the user chose; the defaults until the core has told. */
export function useSettings(): SettingsHold {
  const bridge = useBridge();
  const [settings, setSettings] = useState(defaultSettings);
  useEffect(() => {
    void bridge.call('settings.get', {}).then((now) => {
      if (now.ok) setSettings(now.value);
    });
  }, [bridge]);
  useEffect(() => {
    const root = document.documentElement;
    if (settings.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = settings.theme;
  }, [settings.theme]);
  const change = useCallback(
    async (wanted: Input<'settings.change'>) => {
      const answer = await bridge.call('settings.change', wanted);
      if (!answer.ok) return answer.error;
      setSettings(answer.value);
      return null;
    },
    [bridge],
  );
  return { settings, change };
}
