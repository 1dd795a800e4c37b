import { PACKAGE_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, EventLink, Id, IdParams, Instant, LocalText, Money, studioQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const Split = z
  .object({
    platform: Money,
    studio: Money,
    photographer: Money,
    organizer: Money,
    /** VAT and the gateway's fee: what came off before the split. */
    deducted: Money,
  })
  .meta({ id: 'Split' })

export const RevenueSummary = z
  .object({
    /** What customers paid for orders (without payment rounding). */
    gross: Money,
    orders: z.int(),
    photosSold: z.int(),
    averageOrder: Money.nullable(),
    /** The part that went back to buyers since, or is owed to them. */
    refunded: Money,
    /** Adds up to `gross` less `refunded`. */
    split: Split,
    /** Days in Asia/Bangkok, `YYYY-MM-DD`, without gaps. */
    byDay: z.array(z.object({ day: z.string(), gross: Money, orders: z.int() })),
    /** Packages by what was paid for them before any coupon, the most first; some. */
    packages: z.array(
      z.object({ kind: z.enum(PACKAGE_KINDS), name: LocalText, sold: z.int(), photos: z.int(), amount: Money }),
    ),
    /** Photographers by their share, the most first; some. */
    photographers: z.array(z.object({ photographerId: Id, name: z.string(), photosSold: z.int(), share: Money })),
    /** Orders that were placed in the time, and those of them that were paid since. */
    conversion: z.object({ placed: z.int(), paid: z.int() }),
    /**
     * The latest check of the whole ledger: every posting balances and the split adds up to what was paid. Null until the
     * first.
     */
    ledger: z.object({ balanced: z.boolean(), postings: z.int(), checkedAt: Instant }).nullable(),
    /**
     * Money that came in and cannot be applied to an order, now. For one event it is the money for orders with photos
     * of it: money for an order over several events is counted in full at each of them, and once in the summary over
     * all events.
     */
    unapplied: z.object({ count: z.int(), amount: Money }),
  })
  .meta({ id: 'RevenueSummary' })
export type RevenueSummary = z.infer<typeof RevenueSummary>

export const EventRevenue = RevenueSummary.extend({ event: EventLink }).meta({ id: 'EventRevenue' })
export type EventRevenue = z.infer<typeof EventRevenue>

const Range = z.strictObject({ from: Day.optional(), to: Day.optional() })

export const revenueSummary = {
  method: 'GET',
  url: '/revenue/summary',
  config: { access: 'manager', scope: 'revenue:read' },
  schema: {
    summary: 'Revenue over all events of a studio, with the events that earned most',
    tags: ['revenue'],
    querystring: Range.extend(studioQuery),
    response: {
      404: problem('not_found'),
      200: RevenueSummary.extend({
        events: z.array(z.object({ id: Id, slug: z.string(), name: LocalText, gross: Money, orders: z.int() })),
      }),
    },
  },
} as const satisfies Contract

export const eventRevenue = {
  method: 'GET',
  url: '/revenue/events/:id',
  config: { access: 'manager', scope: 'revenue:read' },
  schema: {
    summary: 'Revenue of one event',
    tags: ['revenue'],
    params: IdParams,
    querystring: Range,
    response: { 200: EventRevenue, 404: problem('not_found') },
  },
} as const satisfies Contract
