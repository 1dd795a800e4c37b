import { COUPON_KINDS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const couponKind = pgEnum('coupon_kind', COUPON_KINDS)

/**
 * A code by which a buyer pays less, for all events of a studio or for one. Its uses are the orders that have a line of
 * it and that did not expire and were not cancelled.
 */
export const coupons = pgTable(
  'coupons',
  {
    id: id(),
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    /** Null: good for every event of the studio. */
    eventId: uuid('event_id'),
    /** In capitals. */
    code: text('code').notNull(),
    kind: couponKind('kind').notNull(),
    percent: integer('percent'),
    /** Satang. */
    amount: bigint('amount', { mode: 'number' }),
    /** Null: from the beginning. */
    startsAt: instant('starts_at'),
    /** Null: without an end. */
    endsAt: instant('ends_at'),
    /** Null: as many as there are orders. */
    maxUses: integer('max_uses'),
    maxUsesPerBuyer: integer('max_uses_per_buyer'),
    /** Coupons are never deleted: orders point at them. */
    active: boolean('active').notNull().default(true),
    createdAt: createdAt(),
  },
  t => [
    unique('coupons_code').on(t.studioId, t.code),
    unique('coupons_of_studio').on(t.id, t.studioId),
    check('coupons_code_form', sql`${t.code} ~ '^[A-Z0-9-]{3,30}$'`),
    check(
      'coupons_worth',
      sql`case ${t.kind} when 'percent' then ${t.percent} between 1 and 100 and ${t.percent} is not null and ${t.amount} is null
        else ${t.amount} > 0 and ${t.amount} is not null and ${t.percent} is null end`,
    ),
    check('coupons_window', sql`${t.startsAt} < ${t.endsAt}`),
    check('coupons_uses', sql`${t.maxUses} > 0 and ${t.maxUsesPerBuyer} > 0`),
    foreignKey({
      name: 'coupons_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }).onDelete('cascade'),
    index('coupons_event').on(t.eventId, t.studioId),
    index('coupons_newest').on(t.studioId, t.createdAt, t.id),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
