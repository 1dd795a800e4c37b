import { sql } from 'drizzle-orm'
import { check, index, pgTable, real, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, sealed } from './columns.ts'
import { eventAlerts, events } from './events.ts'
import { namesEvent, studioPolicies } from './policies.ts'

/**
 * The face of somebody who wants a letter when a new photo of them appears. It goes when one is found, at the end of the
 * sale, with the event's faces, and with the alert.
 */
export const alertFaces = pgTable(
  'alert_faces',
  {
    id: id(),
    alertId: uuid('alert_id')
      .notNull()
      .references(() => eventAlerts.id, { onDelete: 'cascade' }),
    /** The alert's. */
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    modelVersion: text('model_version').notNull(),
    /** 128 little-endian float32 in base64, encrypted. */
    embedding: sealed('embedding').notNull(),
    quality: real('quality').notNull(),
  },
  t => [
    unique('alert_faces_model').on(t.alertId, t.modelVersion),
    check('alert_faces_quality', sql`${t.quality} between 0 and 1`),
    index('alert_faces_event').on(t.eventId, t.modelVersion),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
