import { and, inArray, isNotNull, lte, or, type SQL } from 'drizzle-orm'
import { facesUntil } from './retention.ts'
import { eventAlerts, events } from './schema/events.ts'

/**
 * SQL on alerts, joined with their events: the face that is kept for the alert has no more right to be kept, since the
 * sale is over or the time of the event's faces is.
 *
 * @param days the setting FACES_KEPT_DAYS
 */
export const isOverAlert = (at: Date, days: number): SQL =>
  and(
    isNotNull(eventAlerts.searchId),
    or(
      lte(events.salesEnd, at),
      inArray(events.status, ['closed', 'archived']),
      isNotNull(events.removedAt),
      lte(facesUntil(days), at),
    ),
  )!
