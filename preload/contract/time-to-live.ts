/* How long ThingSpace tries to deliver a text to a device. Pure: the threads of the store load it, and no schema. */

/** ThingSpace tries for 5 days by itself and takes nothing longer (API notes, section 5): seconds. */
export const longestTimeToLive = 5 * 86_400;

/** Seconds as ThingSpace takes them: years to seconds, tenths, quarters, `R` for relative: an hour is `000000010000000R`. */
export function timeToLiveText(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = two(seconds / 86_400);
  const hours = two((seconds % 86_400) / 3600);
  const minutes = two((seconds % 3600) / 60);
  return `0000${days}${hours}${minutes}${two(seconds % 60)}000R`;
}
