import { LEDGER_ACCOUNT_KINDS, PACKAGE_KINDS, POSTING_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, EventLink, Id, IdParams, Instant, LocalText, Money, page, PageQuery, studioQuery } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'

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

/** What a photographer sold in a time, and their share of it. */
export const PhotographerRevenue = z
  .object({ photographerId: Id, name: z.string(), photosSold: z.int(), share: Money })
  .meta({ id: 'PhotographerRevenue' })
export type PhotographerRevenue = z.infer<typeof PhotographerRevenue>

/** The most photographers, and the most packages, of a report. */
export const REPORTED_MOST = 50

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
    /** Photographers by their share, the most first; `REPORTED_MOST` of them. `GET /revenue/photographers` lists all. */
    photographers: z.array(PhotographerRevenue),
    /**
     * What led to orders in the time, and the orders. Visits are browser tabs that opened a page of an event, searches those
     * that ended, and carts those that the first photo of an event was put into: each is counted at its event.
     */
    conversion: z.object({
      visits: z.int(),
      searches: z.int(),
      carts: z.int(),
      /** Orders that were placed in the time. */
      placed: z.int(),
      /** Those of them that were paid since. */
      paid: z.int(),
    }),
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

export const photographerRevenue = {
  method: 'GET',
  url: '/revenue/photographers',
  config: { access: 'manager', scope: 'revenue:read' },
  schema: {
    summary:
      'Photographers who sold photos of a studio, or of one event, by their share, the greatest first (share, photographerId)',
    tags: ['revenue'],
    querystring: PageQuery.extend({ ...Range.shape, ...studioQuery, event: Id.optional() }),
    response: { 200: page(PhotographerRevenue), 404: problem('not_found') },
  },
} as const satisfies Contract

/** One entry of the ledger. The entries of a posting add up to zero. */
export const LedgerLine = z
  .object({
    id: Id,
    postingId: Id,
    /** The number of the posting. Numbers run over all studios: of one studio some are missing. */
    position: z.int(),
    at: Instant,
    kind: z.enum(POSTING_KINDS),
    orderNumber: z.string().nullable(),
    event: EventLink.nullable(),
    photoId: Id.nullable(),
    account: z.enum(LEDGER_ACCOUNT_KINDS),
    /** Whose account it is, where it is kept for a photographer, an organizer or a studio. */
    owner: z.object({ id: Id, name: z.string() }).nullable(),
    /** Debit above 0, credit below. */
    amount: Money,
  })
  .meta({ id: 'LedgerLine' })
export type LedgerLine = z.infer<typeof LedgerLine>

/** Days in Asia/Bangkok, both included. */
const Days = { from: Day, to: Day, ...studioQuery }

export const listLedger = {
  method: 'GET',
  url: '/revenue/ledger',
  config: { access: 'owner', scope: 'revenue:read' },
  schema: {
    summary: 'Entries of the ledger about a studio’s orders and payouts, in the order of posting (position, id)',
    tags: ['revenue'],
    querystring: PageQuery.extend(Days),
    response: { 200: page(LedgerLine), 404: problem('not_found') },
  },
} as const satisfies Contract

export const exportLedger = {
  method: 'GET',
  url: '/revenue/ledger/export',
  config: { access: 'owner', scope: 'revenue:read', limit: 'batch' },
  schema: {
    summary: 'All lines that `GET /revenue/ledger` lists page by page, as CSV for spreadsheets',
    tags: ['revenue'],
    produces: ['text/csv'],
    querystring: z.strictObject(Days),
    response: { 200: Bytes, 404: problem('not_found') },
  },
} as const satisfies Contract
