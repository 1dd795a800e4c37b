import { MATCH_BANDS, SEARCH_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { consents } from './consents.ts'
import { events } from './events.ts'
import { faces, photos } from './photos.ts'
import { names, namesEvent, studioPolicies } from './policies.ts'

export const searchState = pgEnum('search_state', SEARCH_STATES)
export const matchBand = pgEnum('match_band', MATCH_BANDS)

/** A face search. Neither the selfie nor its embedding is ever here: they live in the vanishing bucket and in Redis. */
export const searches = pgTable(
  'searches',
  {
    id: id(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    consentId: uuid('consent_id')
      .notNull()
      .references(() => consents.id),
    /** Where the probe comes from: a selfie in the vanishing bucket, or an embedding in Redis. */
    source: text('source').notNull(),
    state: searchState('state').notNull().default('queued'),
    problemCode: text('problem_code'),
    problemHints: jsonb('problem_hints').$type<string[]>().notNull().default([]),
    /** Boxes to choose from, while `choose_face`. */
    faceBoxes: jsonb('face_boxes')
      .$type<{ x: number; y: number; width: number; height: number }[]>()
      .notNull()
      .default([]),
    chosenFace: integer('chosen_face'),
    photoCount: integer('photo_count').notNull().default(0),
    createdAt: createdAt(),
    /** When the customer last asked: sent the selfie, or chose one of its faces. An answer is waited for from then on. */
    askedAt: instant('asked_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    /** Asked by somebody signed in: not bound by the number of people a day. */
    signedIn: boolean('signed_in').notNull().default(false),
    /** By somebody who does not want to be found: every engine reads the selfie. */
    forObjection: boolean('for_objection').notNull().default(false),
    /** The event's `index_revision` up to which its photos were compared with the search's face. */
    seenRevision: bigint('seen_revision', { mode: 'number' }).notNull().default(0),
    /** Until when its face is in Redis, so that photos that come later can be compared with it; null: it is not. */
    liveUntil: instant('live_until'),
    /** The selfie is gone from storage. */
    selfieDeletedAt: instant('selfie_deleted_at'),
  },
  t => [
    check('searches_source', sql`${t.source} in ('selfie', 'embedding')`),
    check('searches_problem', sql`(${t.state} = 'failed') = (${t.problemCode} is not null)`),
    index('searches_session').on(t.sessionId, t.eventId),
    index('searches_event').on(t.eventId),
    index('searches_consent').on(t.consentId),
    index('searches_created_at').on(t.createdAt),
    index('searches_open')
      .on(t.createdAt)
      .where(sql`${t.state} in ('queued', 'processing', 'choose_face')`),
    index('searches_live')
      .on(t.liveUntil)
      .where(sql`${t.liveUntil} is not null`),
    index('searches_selfies')
      .on(t.createdAt)
      .where(sql`${t.selfieDeletedAt} is null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/**
 * A search that found somebody and was withdrawn: the row keeps it in the count of the people of its day, and says
 * nothing else.
 */
export const withdrawnSearches = pgTable(
  'withdrawn_searches',
  {
    id: id(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id').notNull(),
    /** When the search was asked for. */
    createdAt: createdAt(),
  },
  t => [
    index('withdrawn_searches_session').on(t.sessionId, t.eventId),
    index('withdrawn_searches_at').on(t.createdAt),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** One row per photo, by its best face. */
export const searchMatches = pgTable(
  'search_matches',
  {
    searchId: uuid('search_id')
      .notNull()
      .references(() => searches.id, { onDelete: 'cascade' }),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    /** Null when its photo was read again and the face not found any more: `face_box` then says where it was. */
    faceId: uuid('face_id').references(() => faces.id, { onDelete: 'cascade' }),
    faceBox: jsonb('face_box').$type<{ x: number; y: number; width: number; height: number }>(),
    distance: real('distance').notNull(),
    confidence: real('confidence').notNull(),
    band: matchBand('band').notNull(),
    hidden: boolean('hidden').notNull().default(false),
    /** Ticked or unticked by hand; null while nobody did either. */
    picked: boolean('picked'),
  },
  t => [
    primaryKey({ columns: [t.searchId, t.photoId] }),
    check('search_matches_confidence', sql`${t.confidence} between 0 and 1`),
    check('search_matches_place', sql`${t.faceId} is not null or ${t.faceBox} is not null`),
    index('search_matches_photo').on(t.photoId),
    index('search_matches_face').on(t.faceId),
    ...studioPolicies(names(t.searchId, 'searches')),
  ],
)

/** What people said of matches, kept without the embedding for calibration. */
export const searchFeedback = pgTable(
  'search_feedback',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    distance: real('distance').notNull(),
    band: matchBand('band').notNull(),
    isMe: boolean('is_me').notNull(),
    createdAt: createdAt(),
  },
  t => [index('search_feedback_event').on(t.eventId), ...studioPolicies(namesEvent(t.eventId))],
)

/**
 * Searches by somebody signed in for more people in one event than the day's number: the row is a line of the inbox
 * until an admin has seen it.
 */
export const manyPeople = pgTable(
  'many_people',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Different people within the 24 hours before the last search. */
    people: integer('people').notNull(),
    /** Searches beyond the day's number since the line was begun. */
    searches: integer('searches').notNull().default(1),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    seenAt: instant('seen_at'),
  },
  t => [
    // One line for a person and an event, however often they search.
    uniqueIndex('many_people_open')
      .on(t.eventId, t.userId)
      .where(sql`${t.seenAt} is null`),
    index('many_people_event').on(t.eventId),
    index('many_people_user').on(t.userId),
    index('many_people_to_see')
      .on(t.firstAt, t.id)
      .where(sql`${t.seenAt} is null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
