import type { PublicError } from '../../preload/contract/errors.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { Settings, SettingsChange } from '../../preload/contract/settings.ts';
import { forwardRefusal } from '../core/forward-target.ts';
import type { SettingsStore } from '../core/ports.ts';
import { checkPublicUrl } from '../core/public-url.ts';
import { shown } from './answers.ts';
import type { Context } from './context.ts';
import type { Forwarding } from './forwarding.ts';
import type { Retention } from './retention.ts';
import { type Handlers, refusal } from './router.ts';
import type { Wishes } from './wishes.ts';

export interface SettingsHandlerDeps extends Pick<Context, 'state'> {
  readonly settings: SettingsStore;
  readonly wishes: Wishes;
  readonly retention: Retention;
  readonly forwarding: Forwarding;
  readonly loopbackAllowed: boolean;
  readonly renewSnapshot: () => void;
}

/** Choices after whose change the way in is opened anew. */
const wayInChoices = ['tunnel', 'publicUrl', 'listenerPort', 'extraHosts'] as const;

/** What must not be stored, and why: an address that ThingSpace would not call, or an endpoint that needs a yes. */
function refusalOf(change: SettingsChange, settings: Settings, loopbackAllowed: boolean): PublicError | null {
  const { publicUrl, tunnel, forwards } = change;
  const given = [publicUrl, tunnel && 'publicUrl' in tunnel ? tunnel.publicUrl : null];
  for (const url of given) {
    const checked = url === null || url === undefined ? null : checkPublicUrl(url, { loopbackAllowed });
    if (checked?.ok === false) return refusal('public-url-refused', checked.error);
  }
  const anywhere = change.forwardAnywhere ?? settings.forwardAnywhere;
  const refused = forwards?.map(({ url }) => forwardRefusal(url, anywhere)).find((sentence) => sentence !== null);
  return refused === undefined ? null : refusal('bad-input', refused);
}

/** What the person chose, and what follows from a change of it. */
export function settingsHandlers(deps: SettingsHandlerDeps): Pick<Handlers, 'settings.get' | 'settings.change'> {
  const { settings, wishes, retention, state, forwarding } = deps;
  return {
    'settings.get': async () => ok(settings.read()),
    async 'settings.change'(change) {
      const refused = refusalOf(change, settings.read(), deps.loopbackAllowed);
      if (refused) return fail(refused);
      const changed = settings.change(change);
      if (!changed.ok) return shown(changed);
      wishes.settingsChanged(change);
      if (change.language !== undefined) deps.renewSnapshot();
      if (change.keepDays !== undefined) retention.look();
      if (change.forwards !== undefined || change.forwardAnywhere !== undefined) await forwarding.renew();
      if (wayInChoices.some((name) => change[name] !== undefined)) state.dispatch({ type: 'way-in-chosen' });
      return shown(changed);
    },
  };
}
