import { useCallback, useEffect, useState } from 'react';
import type { BenchScript } from '../../preload/contract/bench.ts';
import type { Template } from '../../preload/contract/template.ts';
import { useBridge } from '../parts/bridge-context.ts';

/** Commands and scripts that are kept in the settings, to be used again. */
export interface Shelf {
  readonly templates: readonly Template[];
  readonly benches: readonly BenchScript[];
  readonly keepTemplate: (text: string) => void;
  readonly forgetTemplate: (name: string) => void;
  readonly keepBench: (script: BenchScript) => void;
}

export function useShelf(): Shelf {
  const bridge = useBridge();
  const [templates, setTemplates] = useState<readonly Template[]>([]);
  const [benches, setBenches] = useState<readonly BenchScript[]>([]);
  useEffect(() => {
    void bridge.call('settings.get', {}).then((now) => {
      if (!now.ok) return;
      setTemplates(now.value.templates);
      setBenches(now.value.benches);
    });
  }, [bridge]);
  const changeTemplates = useCallback(
    (next: readonly Template[]) => {
      void bridge.call('settings.change', { templates: [...next] }).then((now) => {
        if (now.ok) setTemplates(now.value.templates);
      });
    },
    [bridge],
  );
  return {
    templates,
    benches,
    keepTemplate: (text) =>
      changeTemplates([...templates.filter((one) => one.text !== text), { name: text.slice(0, 80), text }]),
    forgetTemplate: (name) => changeTemplates(templates.filter((one) => one.name !== name)),
    keepBench: (script) => {
      const next = [...benches.filter(({ name }) => name !== script.name), script];
      void bridge.call('settings.change', { benches: next }).then((now) => {
        if (now.ok) setBenches(now.value.benches);
      });
    },
  };
}
