import { z } from 'zod'
import { Day, Id, Instant, Money, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** What our books say of the payments of some days at one gateway. */
const Reckoned = z.object({
  /** Receipts of these days, and their sum. */
  receipts: z.int(),
  received: Money,
  /** What was taken off their sales for the gateway’s fee. */
  feeReckoned: Money,
})

export const Settlement = z
  .object({
    id: Id,
    gateway: z.string(),
    reference: z.string(),
    firstDay: Day,
    lastDay: Day,
    total: Money,
    fee: Money,
    /** total less fee: what came to the bank account. */
    paidOut: Money,
    recordedAt: Instant,
    recordedBy: z.string().nullable(),
    ...Reckoned.shape,
  })
  .meta({ id: 'Settlement' })
export type Settlement = z.infer<typeof Settlement>

/** A charge of the statement is in one settlement: days of two never overlap. */
const Days = { gateway: Text.min(1).max(40), firstDay: Day, lastDay: Day }

export const listSettlements = {
  method: 'GET',
  url: '/admin/settlements',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Statements of gateways, with what our books say of the same days, newest first (recordedAt, id)',
    tags: ['admin'],
    querystring: PageQuery,
    response: {
      200: page(Settlement).extend({
        /** Those that a statement may be of. */
        gateways: z.array(z.string()),
        /** All that was taken off sales for fees, less what gateways kept; below 0 where they kept more. */
        feeBalance: Money,
      }),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const expectSettlement = {
  method: 'GET',
  url: '/admin/settlements/expected',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'What our books say of the payments of some days at one gateway',
    tags: ['admin'],
    querystring: z.strictObject(Days),
    response: { 200: Reckoned, 422: problem('invalid_request') },
  },
} as const satisfies Contract

const Satang = (least: number) =>
  z.strictObject({ amount: z.int().min(least).max(100_000_000_000), currency: z.literal('THB') })

export const recordSettlement = {
  method: 'POST',
  url: '/admin/settlements',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Record a gateway’s statement of some days: its fee is posted. Once for each reference',
    tags: ['admin'],
    body: z.strictObject({
      ...Days,
      reference: Text.trim().min(1).max(60),
      total: Satang(1),
      /** At most the total. */
      fee: Satang(0),
    }),
    response: {
      201: Settlement,
      409: problem('settlement_known', 'days_settled'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
