import { TAKEDOWN_DECISIONS, TAKEDOWN_REASONS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgSequence, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { id, instant } from './columns.ts'
import { photos } from './photos.ts'
import { names, studioPolicies } from './policies.ts'

export const takedownReason = pgEnum('takedown_reason', TAKEDOWN_REASONS)
export const takedownDecision = pgEnum('takedown_decision', TAKEDOWN_DECISIONS)

export const takedownNumbers = pgSequence('takedown_numbers', { startWith: 1 })

/** The request to take a photo down, until it is decided. */
export const takedowns = pgTable(
  'takedowns',
  {
    id: id(),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    openedAt: instant('opened_at').notNull(),
    decision: takedownDecision('decision'),
    /**
     * The photographer reads the reason of a photo taken down; those who asked and gave an address read that of a
     * refusal.
     */
    decisionReason: text('decision_reason'),
    decidedBy: uuid('decided_by').references(() => users.id, { onDelete: 'set null' }),
    decidedAt: instant('decided_at'),
    /** When the photo's files had been deleted. */
    filesGoneAt: instant('files_gone_at'),
  },
  t => [
    check(
      'takedowns_decided',
      sql`(${t.decision} is null) = (${t.decidedAt} is null) and (${t.decision} is null) = (${t.decisionReason} is null)`,
    ),
    check('takedowns_files_gone', sql`${t.filesGoneAt} is null or ${t.decision} = 'taken_down'`),
    // A further request for the same photo joins the open one.
    uniqueIndex('takedowns_one_open')
      .on(t.photoId)
      .where(sql`${t.decidedAt} is null`),
    index('takedowns_photo').on(t.photoId),
    index('takedowns_decided_by').on(t.decidedBy),
    index('takedowns_open')
      .on(t.openedAt, t.id)
      .where(sql`${t.decidedAt} is null`),
    index('takedowns_files_to_delete')
      .on(t.decidedAt)
      .where(sql`${t.decision} = 'taken_down' and ${t.filesGoneAt} is null`),
    ...studioPolicies(names(t.photoId, 'photos')),
  ],
)

/** Each person who asked. What they wrote and their address are erased some time after the decision. */
export const takedownRequests = pgTable(
  'takedown_requests',
  {
    id: id(),
    takedownId: uuid('takedown_id')
      .notNull()
      .references(() => takedowns.id, { onDelete: 'cascade' }),
    /** For people: `TD-2026-000123`. */
    number: text('number').notNull().unique(),
    /** Who asked; null once their session has ended. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'set null' }),
    reason: takedownReason('reason').notNull(),
    statement: text('statement'),
    /** Gets a letter on the decision. */
    email: text('email'),
    locale: text('locale').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** When statement and address were erased. */
    erasedAt: instant('erased_at'),
  },
  t => [
    uniqueIndex('takedown_requests_once').on(t.takedownId, t.sessionId),
    index('takedown_requests_session').on(t.sessionId),
    check('takedown_requests_erased', sql`${t.erasedAt} is null or (${t.statement} is null and ${t.email} is null)`),
    index('takedown_requests_to_erase')
      .on(t.askedAt)
      .where(sql`${t.erasedAt} is null`),
    ...studioPolicies(names(t.takedownId, 'takedowns')),
  ],
)
