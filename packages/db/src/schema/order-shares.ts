import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { organizers } from './events.ts'
import { orderEvents } from './orders.ts'
import { namesEvent, studioPolicies } from './policies.ts'
import { photographerRates, splitRules } from './split-rules.ts'

/**
 * What an order freezes for each photographer of each of its events: who gets what of their photos, whatever rules, rates,
 * organizers and memberships become. Orders of early releases have no rows here until a migration wrote them.
 */
export const orderShares = pgTable(
  'order_shares',
  {
    orderId: uuid('order_id').notNull(),
    eventId: uuid('event_id').notNull(),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id),
    /** The rule that won. */
    splitRuleId: uuid('split_rule_id')
      .notNull()
      .references(() => splitRules.id),
    /** The photographer's own rate, where it replaced the rule's share. */
    rateId: uuid('rate_id').references(() => photographerRates.id),
    /** Basis points of what is left after VAT and fee, as they are paid; 0 for a party that nobody is. */
    platformBp: integer('platform_bp').notNull(),
    studioBp: integer('studio_bp').notNull(),
    photographerBp: integer('photographer_bp').notNull(),
    organizerBp: integer('organizer_bp').notNull(),
    organizerId: uuid('organizer_id').references(() => organizers.id),
    vatBp: integer('vat_bp').notNull().default(0),
    feeBp: integer('fee_bp').notNull().default(0),
    /** False where the seller's own staff uploaded them. Null in rows of earlier releases. */
    isPayee: boolean('is_payee'),
  },
  t => [
    primaryKey({ columns: [t.orderId, t.eventId, t.photographerId] }),
    foreignKey({
      name: 'order_shares_order_event',
      columns: [t.orderId, t.eventId],
      foreignColumns: [orderEvents.orderId, orderEvents.eventId],
    }),
    check('order_shares_total', sql`${t.platformBp} + ${t.studioBp} + ${t.photographerBp} + ${t.organizerBp} = 10000`),
    check(
      'order_shares_parts',
      sql`least(${t.platformBp}, ${t.studioBp}, ${t.photographerBp}, ${t.organizerBp}, ${t.vatBp}, ${t.feeBp}) >= 0`,
    ),
    check('order_shares_organizer', sql`${t.organizerBp} = 0 or ${t.organizerId} is not null`),
    index('order_shares_photographer').on(t.photographerId),
    index('order_shares_split_rule').on(t.splitRuleId),
    index('order_shares_rate')
      .on(t.rateId)
      .where(sql`${t.rateId} is not null`),
    index('order_shares_organizer')
      .on(t.organizerId)
      .where(sql`${t.organizerId} is not null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
