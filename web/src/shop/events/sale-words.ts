import type { EventDetail } from '@pix/contracts/events.ts'
import { saleBegins } from './sale-begins.ts'

type Selling = Pick<EventDetail, 'status' | 'salesStart' | 'salesEnd' | 'onSaleNow'>

/** What is said of an event's sales dates: the one that comes next, or when the sale ended; null where there is none to say. */
export function saleWords(
  event: Selling,
  now = Date.now(),
): { key: 'events.saleBegins' | 'events.saleEnds' | 'events.saleEnded'; at: string } | null {
  const begins = saleBegins(event, now)
  if (begins !== null) return { key: 'events.saleBegins', at: begins }
  if (event.salesEnd === null) return null
  if (event.onSaleNow) return { key: 'events.saleEnds', at: event.salesEnd }
  return Date.parse(event.salesEnd) <= now ? { key: 'events.saleEnded', at: event.salesEnd } : null
}
