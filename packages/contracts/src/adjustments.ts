import { ADJUSTABLE_ACCOUNTS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Password } from './accounts.ts'
import { Id, Instant, Money, page, PageQuery, Reason, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** An account of the ledger, and of an account that a payee has, whose it is. */
const Account = z.object({ kind: z.enum(ADJUSTABLE_ACCOUNTS), ownerId: Id.nullable() })

const AccountShown = Account.extend({ name: z.string().nullable() })
export type AdjustableShown = z.infer<typeof AccountShown>

export const Adjustment = z
  .object({
    id: Id,
    at: Instant,
    by: z.string().nullable(),
    reference: z.string(),
    reason: z.string(),
    amount: Money,
    /** Debited: a payee is owed less by it. */
    from: AccountShown,
    /** Credited: a payee is owed more by it. */
    to: AccountShown,
  })
  .meta({ id: 'Adjustment' })
export type Adjustment = z.infer<typeof Adjustment>

export const listAdjustments = {
  method: 'GET',
  url: '/admin/adjustments',
  config: { access: 'owner' },
  schema: {
    summary: 'Corrections of a studio’s books by hand, newest first (createdAt, id)',
    tags: ['payouts'],
    querystring: PageQuery.extend({ studio: Id }),
    response: { 200: page(Adjustment), 404: problem('not_found') },
  },
} as const satisfies Contract

export const listAdjustable = {
  method: 'GET',
  url: '/admin/adjustments/accounts',
  config: { access: 'owner' },
  schema: {
    summary:
      'The accounts that a correction may name: of payees of the studio’s sales, with what those owe, and of nobody',
    tags: ['payouts'],
    querystring: z.strictObject({ studio: Id }),
    response: {
      200: z.object({ items: z.array(AccountShown.extend({ balance: Money.nullable() })) }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

/** Satang. */
export const MOST_CORRECTED = 100_000_000

export const postAdjustment = {
  method: 'POST',
  url: '/admin/adjustments',
  config: { access: 'platform_admin', limit: 'login' },
  schema: {
    summary: 'Correct the books by hand: one account is debited, another credited. Once for each reference of a studio',
    tags: ['payouts'],
    body: z.strictObject({
      studioId: Id,
      from: z.strictObject(Account.shape),
      to: z.strictObject(Account.shape),
      amount: z.strictObject({ amount: z.int().min(1).max(MOST_CORRECTED), currency: z.literal('THB') }),
      reference: Text.trim().min(1).max(60),
      /** The payee reads it. */
      reason: Reason,
      /** Asked again where the account has one. */
      password: Password.optional(),
    }),
    response: {
      201: Adjustment,
      404: problem('not_found'),
      409: problem('adjustment_made'),
      422: problem('invalid_request', 'wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract
