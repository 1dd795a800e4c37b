import { countVisit as visit } from '@pix/contracts/event-visits.ts'
import { call } from '../../base/api.ts'
import { recallInTab, rememberInTab } from '../../base/storage.ts'

const seen = new Set<string>()

/** Tells the shop once that this tab opened an event. Where the browser keeps nothing, a reload counts again. */
export function countVisit(eventId: string): void {
  if (seen.has(eventId)) return
  seen.add(eventId)
  const key = `pix_visit_${eventId}`
  if (recallInTab(key) !== null) return
  rememberInTab(key, '1')
  call(visit, { params: { id: eventId } }).catch(() => undefined)
}
