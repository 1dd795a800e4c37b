import { sql, type SQL } from 'drizzle-orm'
import { events } from './schema/events.ts'
import { outgoingMail } from './schema/letters.ts'

/**
 * When an event's faces are deleted: the date recorded for it, else so many days after its end.
 *
 * @param days the setting FACES_KEPT_DAYS
 */
export const facesUntil = (days: number): SQL<Date> =>
  sql<Date>`coalesce(${events.facesUntil}, ${events.endsAt} + make_interval(days => ${days}))`

/**
 * When the photos of an event that is no longer on sale are deleted: the date recorded for it, else so many days after
 * its end and its sale.
 *
 * @param days the setting EVENTS_KEPT_DAYS
 */
export const keptUntil = (days: number): SQL<Date> =>
  sql<Date>`coalesce(${events.keptUntil}, greatest(${events.endsAt}, ${events.salesEnd}) + make_interval(days => ${days}))`

/** SQL: when a letter that was sent or given up is deleted. @param days the setting LETTERS_KEPT_DAYS */
export const letterUntil = (days: number): SQL<Date> =>
  sql<Date>`coalesce(${outgoingMail.sentAt}, ${outgoingMail.givenUpAt}, ${outgoingMail.createdAt}) + make_interval(days => ${days})`
