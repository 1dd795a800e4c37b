import type { Output } from '@pix/contracts/client.ts'
import { eventSplitRule, splitRules } from '@pix/contracts/split-rules.ts'
import { call } from '../../base/api.ts'

/**
 * The rules of a studio, with the event that the address names: older ones than the api lists can be chosen as well.
 *
 * @param studioId without it a platform admin reads those of all studios
 */
export async function readSplitPage(
  studioId: string | undefined,
  eventId: string | undefined,
  signal: AbortSignal,
): Promise<Output<typeof splitRules> & { chosen: string | undefined }> {
  const page = await call(splitRules, { query: studioId === undefined ? {} : { studio: studioId } }, { signal })
  if (eventId === undefined || page.events.some(({ id }) => id === eventId)) return { ...page, chosen: eventId }
  // An address that names no event of this studio chooses none.
  const found = await call(eventSplitRule, { params: { id: eventId } }, { signal }).catch(() => undefined)
  if (!found || found.studioId !== page.studioId) return { ...page, chosen: undefined }
  return { ...page, events: [found.event, ...page.events], chosen: eventId }
}
