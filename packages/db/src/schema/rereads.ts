import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant } from './columns.ts'
import { events } from './events.ts'
import { photos } from './photos.ts'
import { names, namesEvent, studioPolicies } from './policies.ts'

/**
 * Events whose photos are read again, for faces of another model version. The new faces lie beside the old ones, unseen
 * by searches, until every photo has been read; then `events.face_model` changes, and some time later the faces of the
 * version before are removed.
 */
export const faceRereads = pgTable(
  'face_rereads',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Model version that searches look at until the change. */
    fromModel: text('from_model').notNull(),
    /** Model version that the photos are read for. */
    toModel: text('to_model').notNull(),
    /** Null: by the command. */
    askedBy: uuid('asked_by').references(() => users.id),
    askedAt: instant('asked_at').notNull(),
    /** The event's `index_revision` by then: photos of a later one may have been looked at before they had their new faces. */
    askedRevision: bigint('asked_revision', { mode: 'number' }).notNull().default(0),
    /** When people who object and whom the new model does not know had been written to: the change waits for it. */
    objectorsNotifiedAt: instant('objectors_told_at'),
    /** When searches began to look at the new faces. */
    changedAt: instant('changed_at'),
    /** When an admin gave it up. */
    cancelledAt: instant('cancelled_at'),
    /** When the faces that nothing looks at any more were gone. */
    tidiedAt: instant('tidied_at'),
  },
  t => [
    check('face_rereads_models', sql`${t.fromModel} <> ${t.toModel}`),
    check('face_rereads_end', sql`${t.changedAt} is null or ${t.cancelledAt} is null`),
    check(
      'face_rereads_tidied',
      sql`${t.tidiedAt} is null or ${t.changedAt} is not null or ${t.cancelledAt} is not null`,
    ),
    index('face_rereads_event').on(t.eventId),
    index('face_rereads_asked_by')
      .on(t.askedBy)
      .where(sql`${t.askedBy} is not null`),
    uniqueIndex('face_rereads_open')
      .on(t.eventId)
      .where(sql`${t.tidiedAt} is null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** How far a photo of an event that is read again is; a photo that nobody began has no row. */
export const rereadPhotos = pgTable(
  'reread_photos',
  {
    rereadId: uuid('reread_id')
      .notNull()
      .references(() => faceRereads.id, { onDelete: 'cascade' }),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    /** Tries so far, counted when they begin, so that no crash forgets one; `REREAD_GIVEN_UP` once the last has failed. */
    attempts: integer('attempts').notNull().default(0),
    triedAt: instant('tried_at').notNull(),
    /** When its new faces were stored, in the same transaction. */
    readAt: instant('read_at'),
  },
  t => [
    primaryKey({ columns: [t.rereadId, t.photoId] }),
    check('reread_photos_attempts', sql`${t.attempts} >= 0`),
    index('reread_photos_photo').on(t.photoId),
    ...studioPolicies(names(t.rereadId, 'face_rereads')),
  ],
)
