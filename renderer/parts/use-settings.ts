import { useCallback, useEffect, useState } from 'react';
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { PublicError } from '../../preload/contract/errors.ts';
import type { Input } from '../../preload/contract/methods.ts';
import { defaultSettings, type Settings } from '../../preload/contract/settings.ts';

export interface SettingsHold {
  readonly settings: Settings;
  /** Null when it was changed. */
  readonly change: (change: Input<'settings.change'>) => Promise<PublicError | null>;
  /** Another face may have changed them. */
  readonly refresh: () => Promise<void>;
}

/**
 * What the user chose; the defaults until the core has told. `of`: whose choices they are, asked for anew when that
 * changes; null: the core cannot be asked now.
 */
export function useSettings(bridge: Bridge, of: string | null): SettingsHold {
  const [settings, setSettings] = useState(defaultSettings);
  const refresh = useCallback(async () => {
    const now = await bridge.call('settings.get', {});
    if (now.ok) setSettings(now.value);
  }, [bridge]);
  useEffect(() => {
    if (of === null) return;
    void bridge.call('settings.get', {}).then((now) => {
      if (now.ok) setSettings(now.value);
    });
  }, [bridge, of]);
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
  return { settings, change, refresh };
}
