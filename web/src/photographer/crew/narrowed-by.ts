import type { EventStatus } from '@pix/contracts/events.ts'
import { EVENT_STATUSES } from '@pix/domain/words.ts'
import type { LocationQuery } from 'vue-router'

/** What narrows a list of events to choose from. */
export interface Narrowed {
  text?: string
  status?: EventStatus
}

/** What an address narrows the list to; what is no filter is left out. */
export function narrowedBy(query: LocationQuery): Narrowed {
  const { text, status } = query
  const words = typeof text === 'string' ? text.trim().slice(0, 100) : ''
  const known = EVENT_STATUSES.find(each => each === status)
  return { ...(words && { text: words }), ...(known && { status: known }) }
}
