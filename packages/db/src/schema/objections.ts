import { OBJECTION_ENDS, OBJECTION_KINDS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { bytea, id, instant } from './columns.ts'
import { events } from './events.ts'
import { faces } from './photos.ts'
import { namesEvent, studioPolicies } from './policies.ts'

export const objectionKind = pgEnum('objection_kind', OBJECTION_KINDS)
export const objectionEnd = pgEnum('objection_end', OBJECTION_ENDS)

/** A person's objection to being found in an event. It is deleted with the event's faces. */
export const objections = pgTable(
  'objections',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** The search by which the person showed who they are; it is gone after some days. */
    searchId: uuid('search_id').notNull().unique(),
    kind: objectionKind('kind').notNull(),
    /** Who objects: a hidden person goes on finding themselves here. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'set null' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** Gets the link that takes the objection back. */
    email: text('email'),
    locale: text('locale').notNull(),
    /** SHA-256 of that link's token, hex. */
    linkHash: text('link_hash').unique(),
    /** The grant for a kept face; null where none was kept. */
    keptConsentId: uuid('kept_consent_id'),
    askedAt: instant('asked_at').notNull(),
    /** How many faces were taken out, for people to read: some may be deleted since. */
    faceCount: integer('face_count').notNull(),
    /** When the event's other faces had been looked through: those not on sale, and those of another engine. */
    lookedAt: instant('looked_at'),
    endedAt: instant('ended_at'),
    endedWhy: objectionEnd('ended_why'),
  },
  t => [
    check('objections_ended', sql`(${t.endedAt} is null) = (${t.endedWhy} is null)`),
    check('objections_face_count', sql`${t.faceCount} >= 0`),
    unique('objections_of_event').on(t.id, t.eventId),
    index('objections_event').on(t.eventId),
    index('objections_session').on(t.sessionId),
    index('objections_user').on(t.userId),
    index('objections_to_look')
      .on(t.askedAt)
      .where(sql`${t.lookedAt} is null and ${t.endedAt} is null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** The face of somebody who objected and agreed that it is kept to leave later photos of them out: one for each engine. */
export const keptFaces = pgTable(
  'kept_faces',
  {
    objectionId: uuid('objection_id').notNull(),
    /** The objection's. */
    eventId: uuid('event_id').notNull(),
    modelVersion: text('model_version').notNull(),
    /** 128 little-endian float32. */
    embedding: bytea('embedding').notNull(),
    quality: real('quality').notNull(),
  },
  t => [
    primaryKey({ columns: [t.objectionId, t.modelVersion] }),
    foreignKey({
      name: 'kept_faces_objection_of_event',
      columns: [t.objectionId, t.eventId],
      foreignColumns: [objections.id, objections.eventId],
    }).onDelete('cascade'),
    check('kept_faces_embedding', sql`octet_length(${t.embedding}) = 512`),
    check('kept_faces_quality', sql`${t.quality} between 0 and 1`),
    index('kept_faces_event').on(t.eventId, t.modelVersion),
    index('kept_faces_objection').on(t.objectionId, t.eventId),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** Faces that no search finds but that of the person who hid them. */
export const hiddenFaces = pgTable(
  'hidden_faces',
  {
    objectionId: uuid('objection_id').notNull(),
    /** The objection's, and the face's. */
    eventId: uuid('event_id').notNull(),
    faceId: uuid('face_id')
      .notNull()
      .references(() => faces.id, { onDelete: 'cascade' }),
    /** The search was not sure that it is this person: somebody looks at it. */
    unsure: boolean('unsure').notNull().default(false),
  },
  t => [
    primaryKey({ columns: [t.objectionId, t.faceId] }),
    foreignKey({
      name: 'hidden_faces_objection_of_event',
      columns: [t.objectionId, t.eventId],
      foreignColumns: [objections.id, objections.eventId],
    }).onDelete('cascade'),
    index('hidden_faces_event').on(t.eventId),
    index('hidden_faces_face').on(t.faceId),
    index('hidden_faces_objection').on(t.objectionId, t.eventId),
    index('hidden_faces_to_see')
      .on(t.objectionId)
      .where(sql`${t.unsure}`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
