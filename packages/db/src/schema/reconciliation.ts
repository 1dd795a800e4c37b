import { DIFFERENCE_ENDS, DIFFERENCE_KINDS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { id, instant } from './columns.ts'

export const differenceKind = pgEnum('difference_kind', DIFFERENCE_KINDS)
export const differenceEnd = pgEnum('difference_end', DIFFERENCE_ENDS)

/** One comparison of gateways, receipts and ledger, for the money of one day of Bangkok and all that is not final. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    id: id(),
    day: date('day').notNull(),
    startedAt: instant('started_at').notNull(),
    /** Null while it runs, and for good where its process died. */
    finishedAt: instant('finished_at'),
    /** Who asked for it; null for the daily one. */
    askedBy: uuid('asked_by').references(() => users.id, { onDelete: 'set null' }),
    /** Charges that gateways were asked about, and those about which none answered. */
    charges: integer('charges').notNull().default(0),
    unanswered: integer('unanswered').notNull().default(0),
    receipts: integer('receipts').notNull().default(0),
    postings: integer('postings').notNull().default(0),
    /** Differences that it found or found again. */
    found: integer('found').notNull().default(0),
  },
  t => [
    // The daily comparison is made once, by the process that comes first.
    uniqueIndex('reconciliations_daily')
      .on(t.day)
      .where(sql`${t.askedBy} is null`),
    index('reconciliations_day').on(t.day, t.startedAt),
    index('reconciliations_asked_by').on(t.askedBy),
  ],
)

/** Something that gateway, receipts and ledger disagree about: one row from its first finding to its end. */
export const differences = pgTable(
  'differences',
  {
    id: id(),
    kind: differenceKind('kind').notNull(),
    /** What it is about: a charge (`paynoi:…`), a receipt, a posting, the books. */
    subject: text('subject').notNull(),
    /** The day of its money. */
    day: date('day').notNull(),
    /** What each side says: amounts in satang, states, references. */
    facts: jsonb('facts').$type<Record<string, string | number | null>>().notNull(),
    openedAt: instant('opened_at').notNull(),
    seenAt: instant('seen_at').notNull(),
    endedAt: instant('ended_at'),
    ended: differenceEnd('ended'),
    endedBy: uuid('ended_by').references(() => users.id, { onDelete: 'set null' }),
    reason: text('reason'),
  },
  t => [
    uniqueIndex('differences_open_once')
      .on(t.kind, t.subject)
      .where(sql`${t.endedAt} is null`),
    check('differences_ended', sql`(${t.endedAt} is null) = (${t.ended} is null)`),
    check('differences_by_hand', sql`${t.ended} is distinct from 'by_hand' or ${t.reason} is not null`),
    index('differences_open')
      .on(t.openedAt, t.id)
      .where(sql`${t.endedAt} is null`),
    index('differences_subject').on(t.kind, t.subject),
    index('differences_day').on(t.day, t.openedAt),
    index('differences_ended_by').on(t.endedBy),
  ],
)

/**
 * What a gateway's own statement says of the payments of some days: how much it took in, what it kept of that, and what
 * it paid out. Append only. Its posting takes the fee out of gateway clearing.
 */
export const gatewaySettlements = pgTable(
  'gateway_settlements',
  {
    id: id(),
    gateway: text('gateway').notNull(),
    /** The number of the gateway's statement or of its transfer. */
    reference: text('reference').notNull(),
    /** Days of Bangkok on which the payments were made, both included. */
    firstDay: date('first_day').notNull(),
    lastDay: date('last_day').notNull(),
    /** Satang of all payments of these days. */
    total: bigint('total', { mode: 'number' }).notNull(),
    /** Satang that the gateway kept. */
    fee: bigint('fee', { mode: 'number' }).notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: uuid('recorded_by').references(() => users.id, { onDelete: 'set null' }),
  },
  t => [
    unique('gateway_settlements_reference').on(t.gateway, t.reference),
    check('gateway_settlements_words', sql`${t.gateway} <> '' and ${t.reference} <> ''`),
    check('gateway_settlements_days', sql`${t.firstDay} <= ${t.lastDay}`),
    check('gateway_settlements_amounts', sql`${t.total} > 0 and ${t.fee} between 0 and ${t.total}`),
    index('gateway_settlements_recorded').on(t.recordedAt, t.id),
    index('gateway_settlements_last_day').on(t.lastDay),
    index('gateway_settlements_recorded_by').on(t.recordedBy),
  ],
)
