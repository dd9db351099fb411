import { type FormEvent, useState } from 'react';
import type { Device } from '../../preload/contract/device.ts';
import { AppDialog } from '../parts/app-dialog.tsx';
import { BusyButton } from '../parts/busy-button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAsk } from '../parts/use-ask.ts';
import { useWords } from '../words/words-context.ts';

const longestNickname = 64;

/** What the person calls a device, and what they note of it. */
export function DeviceDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const words = useWords();
  const [nickname, setNickname] = useState(device.nickname ?? '');
  const [note, setNote] = useState(device.note);
  const [asked, ask] = useAsk('devices.change');
  const isTooLong = nickname.trim().length > longestNickname;
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isTooLong) return;
    const outcome = await ask({ device: device.id, nickname: nickname.trim() === '' ? null : nickname.trim(), note });
    if (outcome.kind === 'done') onClose();
  }
  return (
    <AppDialog title={words.devices.editTitle} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          autoFocus
          label={words.devices.nickname}
          hint={words.devices.nicknameHint}
          value={nickname}
          problem={isTooLong ? words.devices.nicknameWrong : null}
          onChange={setNickname}
        />
        <label className="field">
          <span>{words.devices.note}</span>
          <textarea
            className="input"
            rows={4}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {asked.kind === 'failed' ? <Failure error={asked.error} /> : null}
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <BusyButton type="submit" className="button primary" busy={asked.kind === 'asked'}>
            {words.devices.save}
          </BusyButton>
        </footer>
      </form>
    </AppDialog>
  );
}
