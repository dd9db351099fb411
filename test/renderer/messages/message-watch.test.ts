import { describe, expect, test } from 'vitest';
import { createMessageWatch } from '../../../renderer/messages/message-watch.ts';
import { createFakeBridge } from '../../fakes/fake-bridge.ts';

describe('what is known of one text', () => {
  function watched(): { fake: ReturnType<typeof createFakeBridge>; watch: ReturnType<typeof createMessageWatch> } {
    const fake = createFakeBridge({ texts: 10 });
    return { fake, watch: createMessageWatch(fake.bridge, 'm7') };
  }
  const starOf = ({ watch }: ReturnType<typeof watched>): boolean | undefined => {
    const answer = watch.answer();
    return answer?.ok ? answer.value.message.starred === true : undefined;
  };

  test('is asked once a revision', async () => {
    const { fake, watch } = watched();
    watch.changed(3);
    watch.changed(3);
    await watch.refresh();
    watch.changed(3);
    expect(fake.calls).toHaveLength(2);
    watch.changed(4);
    expect(fake.calls).toHaveLength(3);
  });

  test('is no older than the call that asks anew, however many questions were under way', async () => {
    const hold = watched();
    hold.watch.changed(1);
    await hold.fake.bridge.call('inbox.star', { ids: ['m7'], starred: true });
    await hold.watch.refresh();
    expect(starOf(hold)).toBe(true);
    hold.watch.changed(2);
    await hold.fake.bridge.call('inbox.star', { ids: ['m7'], starred: false });
    await Promise.all([hold.watch.refresh(), hold.watch.refresh()]);
    expect(starOf(hold)).toBe(false);
  });
});
