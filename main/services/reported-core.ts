import type { Bridge } from '../../preload/contract/bridge.ts';
import type { ReportedCore } from '../core/problem-report.ts';

const timelineEntries = 200;

/** What a problem report tells of a core; null where it does not answer. */
export async function askForReport(bridge: Pick<Bridge, 'call'>): Promise<ReportedCore | null> {
  const snapshot = await bridge.call('snapshot.get', {});
  const settings = await bridge.call('settings.get', {});
  const timeline = await bridge.call('timeline.page', { limit: timelineEntries });
  if (!snapshot.ok || !settings.ok) return null;
  const entries = timeline.ok ? timeline.value.entries : [];
  return { snapshot: snapshot.value, settings: settings.value, timeline: entries };
}
