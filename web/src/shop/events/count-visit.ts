import { countVisit as visit } from '@pix/contracts/event-visits.ts'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { recallInTab, rememberInTab } from '../../base/storage.ts'

const seen = new Set<string>()

/**
 * Reports once that this tab opened an event. The session is restored first, because the api does not count people who
 * work on the event. Where the browser keeps nothing, a reload counts again.
 */
export async function countVisit(eventId: string): Promise<void> {
  if (seen.has(eventId)) return
  seen.add(eventId)
  const key = `pix_visit_${eventId}`
  if (recallInTab(key) !== null) return
  rememberInTab(key, '1')
  await useSession()
    .restore()
    .then(() => call(visit, { params: { id: eventId } }))
    .catch(() => undefined)
}
