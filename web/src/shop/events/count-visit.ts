import { countVisit as visit } from '@pix/contracts/event-visits.ts'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { recallInTab, rememberInTab } from '../../base/storage.ts'

const seen = new Set<string>()

/**
 * Tells the shop once that this tab opened an event, as the person signed in: who works on the event is not counted. Where
 * the browser keeps nothing, a reload counts again.
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
