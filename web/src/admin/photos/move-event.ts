import { listManagedEvents } from '@pix/contracts/event-form.ts'
import type { Output } from '@pix/contracts/client.ts'
import { call } from '../../base/api.ts'

type Page = Output<typeof listManagedEvents>
export type MoveTarget = Page['items'][number]

const MOST = 200

/** Events of the studio that take photos now, the newest first. */
export async function findTargets(studio: { studio?: string }, without: string): Promise<MoveTarget[]> {
  const found: MoveTarget[] = []
  let cursor: string | null = null
  do {
    const query = { limit: 50, ...studio, ...(cursor !== null && { cursor }) }
    const page: Page = await call(listManagedEvents, { query })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && found.length < MOST)
  return found.filter(({ id, status }) => id !== without && (status === 'open' || status === 'on_sale'))
}
