import { NOTICE_KINDS, NOTICE_PARTS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { boolean, check, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

export const noticeKind = pgEnum('notice_kind', NOTICE_KINDS)
export const noticePart = pgEnum('notice_part', NOTICE_PARTS)

/**
 * What the status page says: incidents, and maintenance that was announced. It is the platform's, so every studio's shop shows
 * the same. The audit has who wrote it and each change.
 */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    kind: noticeKind('kind').notNull(),
    titleTh: text('title_th').notNull(),
    titleEn: text('title_en').notNull(),
    textTh: text('text_th').notNull(),
    textEn: text('text_en').notNull(),
    parts: noticePart('parts').array().notNull(),
    /** When people were last given this beginning, or an earlier one. */
    announcedAt: instant('announced_at').notNull(),
    startsAt: instant('starts_at').notNull(),
    /** When a maintenance is expected to end. */
    endsAt: instant('ends_at'),
    /** The maintenance was announced later than 72 h before, and the admin was asked about that. */
    urgent: boolean('urgent').notNull().default(false),
    /** Whether the maintenance is to pause the writes of the public. */
    pauses: boolean('pauses').notNull().default(false),
    /** When somebody said that it is over. */
    endedAt: instant('ended_at'),
    /** A maintenance that never began. */
    cancelledAt: instant('cancelled_at'),
  },
  t => [
    check('notices_texts', sql`'' <> all(array[${t.titleTh}, ${t.titleEn}, ${t.textTh}, ${t.textEn}])`),
    check('notices_parts', sql`cardinality(${t.parts}) > 0 and array_position(${t.parts}, null) is null`),
    check('notices_expected', sql`(${t.kind} = 'maintenance') = (${t.endsAt} is not null)`),
    check('notices_order', sql`${t.endsAt} > ${t.startsAt} and ${t.endedAt} >= ${t.startsAt}`),
    check(
      'notices_incident',
      sql`${t.kind} = 'maintenance' or not (${t.urgent} or ${t.pauses} or ${t.cancelledAt} is not null)`,
    ),
    check(
      'notices_announced',
      sql`${t.kind} = 'incident' or ${t.urgent} or ${t.startsAt} - ${t.announcedAt} >= interval '72 hours'`,
    ),
    check(
      'notices_cancelled',
      sql`${t.endedAt} is null and ${t.cancelledAt} < ${t.startsAt} or ${t.cancelledAt} is null`,
    ),
    index('notices_open')
      .on(t.startsAt, t.id)
      .where(sql`${t.endedAt} is null and ${t.cancelledAt} is null`),
    index('notices_past').on(sql`coalesce(${t.endedAt}, ${t.cancelledAt})`, t.id),
  ],
)

/** What was written about a notice while it went on, each with its time. Nothing is taken back. */
export const noticeUpdates = pgTable(
  'notice_updates',
  {
    id: id(),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    at: instant('at').notNull(),
    textTh: text('text_th').notNull(),
    textEn: text('text_en').notNull(),
  },
  t => [
    check('notice_updates_texts', sql`'' <> all(array[${t.textTh}, ${t.textEn}])`),
    index('notice_updates_notice').on(t.noticeId, t.at, t.id),
  ],
)
