import type { Output } from '@pix/contracts/client.ts'
import { listCrew } from '@pix/contracts/crew.ts'
import { listManagedEvents } from '@pix/contracts/event-form.ts'
import { call } from '../../base/api.ts'

type Page = Output<typeof listManagedEvents>
export type MoveTarget = Page['items'][number]

const MOST = 200

/**
 * The other events that take photos now, the newest first, of the studio whose event this is: the console may be about
 * another one.
 */
export async function findTargets(eventId: string, signal: AbortSignal): Promise<MoveTarget[]> {
  const { studioId } = await call(listCrew, { params: { id: eventId }, query: { limit: 1 } }, { signal })
  const found: MoveTarget[] = []
  let cursor: string | null = null
  do {
    const query = { limit: 50, studio: studioId, ...(cursor !== null && { cursor }) }
    const page: Page = await call(listManagedEvents, { query }, { signal })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && found.length < MOST)
  return found.filter(({ id, status }) => id !== eventId && (status === 'open' || status === 'on_sale'))
}
