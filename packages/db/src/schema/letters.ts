import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'

/** What the letters say, by template. */
export interface LetterData {
  order_paid: { orderId: string; number: string }
}

/** Mail to send; written in the transaction that causes it, sent by a job, which a sweep enqueues again. */
export const outgoingMail = pgTable(
  'outgoing_mail',
  {
    id: id(),
    template: text('template').$type<keyof LetterData>().notNull(),
    locale: text('locale').notNull(),
    recipient: text('recipient').notNull(),
    data: jsonb('data').$type<LetterData[keyof LetterData]>().notNull(),
    /** One letter for one fact, however often it is written. */
    dedupeKey: text('dedupe_key').notNull(),
    createdAt: createdAt(),
    sentAt: instant('sent_at'),
    attempts: integer('attempts').notNull().default(0),
    /** Null once it was sent or given up. */
    nextTryAt: instant('next_try_at').defaultNow(),
  },
  t => [
    unique('outgoing_mail_once').on(t.dedupeKey),
    check('outgoing_mail_sent', sql`${t.sentAt} is null or ${t.nextTryAt} is null`),
    index('outgoing_mail_open')
      .on(t.nextTryAt)
      .where(sql`${t.nextTryAt} is not null`),
  ],
)
