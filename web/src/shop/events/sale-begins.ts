import type { EventDetail } from '@pix/contracts/events.ts'

/** When an event's sale will begin; null once it has, or where it has no such day. */
export function saleBegins(
  event: Pick<EventDetail, 'status' | 'salesStart' | 'onSaleNow'>,
  now = Date.now(),
): string | null {
  const { status, salesStart, onSaleNow } = event
  const isToCome = status !== 'closed' && status !== 'archived' && !onSaleNow
  return isToCome && salesStart !== null && Date.parse(salesStart) > now ? salesStart : null
}
