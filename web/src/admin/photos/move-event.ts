import type { Output } from '@pix/contracts/client.ts'
import { listCrew } from '@pix/contracts/crew.ts'
import { listManagedEvents } from '@pix/contracts/event-form.ts'
import { call } from '../../base/api.ts'
import { eachPage } from '../../base/each-page.ts'

export type MoveTarget = Output<typeof listManagedEvents>['items'][number]

const MOST = 200

/**
 * The other events that take photos now, the newest first, of the studio whose event this is: the console may be about
 * another one.
 */
export async function findTargets(eventId: string, signal: AbortSignal): Promise<MoveTarget[]> {
  const { studioId } = await call(listCrew, { params: { id: eventId }, query: { limit: 1 } }, { signal })
  const found: MoveTarget[] = []
  const pages = eachPage(cursor =>
    call(listManagedEvents, { query: { limit: 50, studio: studioId, ...(cursor && { cursor }) } }, { signal }),
  )
  for await (const { items } of pages) {
    found.push(...items)
    if (found.length >= MOST) break
  }
  return found.filter(({ id, status }) => id !== eventId && (status === 'open' || status === 'on_sale'))
}
