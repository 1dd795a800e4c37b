import { PAYEE_FORMS, PAYOUT_BATCH_STATES, PAYOUT_LINE_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Password } from './accounts.ts'
import { Day, Id, IdParams, Instant, Money, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { AccountShown, PayeeParty } from './payees.ts'

const PayeeShown = {
  party: PayeeParty,
  /** The photographer, organizer or studio. */
  payeeId: Id,
  name: z.string(),
}

/** Why nothing is paid out to somebody now; `owes_elsewhere`: what is free here is needed for a negative balance in another studio. */
export const UNPAYABLE = [
  'in_batch',
  'negative',
  'no_account',
  'account_waits',
  'holding',
  'owes_elsewhere',
  'minimum',
] as const

export const Payable = z
  .object({
    ...PayeeShown,
    /** All that is owed by the studio's sales; below 0 where refunds took back what was paid out. */
    balance: Money,
    /** What comes from sales that may still be refunded. */
    held: Money,
    /** What a batch that is drafted now pays, with its tax; 0 where there is a reason. */
    gross: Money,
    withheld: Money,
    net: Money,
    withholdingBp: z.int(),
    account: AccountShown.nullable(),
    reason: z.enum(UNPAYABLE).nullable(),
  })
  .meta({ id: 'Payable' })
export type Payable = z.infer<typeof Payable>

export const PayoutBatch = z
  .object({
    id: Id,
    studioId: Id,
    /** `PO-2026-000012`. */
    number: z.string(),
    state: z.enum(PAYOUT_BATCH_STATES),
    draftedAt: Instant,
    draftedBy: z.string().nullable(),
    approvedAt: Instant.nullable(),
    approvedBy: z.string().nullable(),
    /** The bank’s file was taken first. */
    exportedAt: Instant.nullable(),
    exportedBy: z.string().nullable(),
    /** Sums of its lines, and how many are in which state. */
    gross: Money,
    withheld: Money,
    net: Money,
    lines: z.int(),
    paid: z.int(),
    bounced: z.int(),
  })
  .meta({ id: 'PayoutBatch' })
export type PayoutBatch = z.infer<typeof PayoutBatch>

export const PayoutLine = z
  .object({
    ...PayeeShown,
    id: Id,
    /** `PO-2026-000012/3`: the reference in the bank’s file. */
    number: z.string(),
    state: z.enum(PAYOUT_LINE_STATES),
    gross: Money,
    base: Money,
    withholdingBp: z.int(),
    withheld: Money,
    net: Money,
    /** Null once its person had it erased. */
    account: AccountShown.nullable(),
    paidAt: Instant.nullable(),
    reference: z.string().nullable(),
    bounceReason: z.string().nullable(),
    /** The certificate of the withheld tax; void once the transfer came back. */
    certificate: z.object({ id: Id, number: z.string(), void: z.boolean() }).nullable(),
  })
  .meta({ id: 'PayoutLine' })
export type PayoutLine = z.infer<typeof PayoutLine>

const studio = { studio: Id }

export const listPayable = {
  method: 'GET',
  url: '/admin/payouts/payable',
  config: { access: 'owner' },
  schema: {
    summary: 'Whom a studio’s sales owe something, what a batch would pay them now, and why not',
    tags: ['payouts'],
    querystring: z.strictObject(studio),
    response: {
      200: z.object({
        items: z.array(Payable),
        /** Sales up to here are paid out. */
        salesUntil: Instant,
        leastAmount: Money,
        holdingDays: z.int(),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const changePayeeTerms = {
  method: 'PUT',
  url: '/admin/payouts/terms',
  config: { access: 'owner' },
  schema: {
    summary: 'Which rate of tax is withheld from a payee, from the next batch on',
    tags: ['payouts'],
    body: z.strictObject({
      studioId: Id,
      party: PayeeParty,
      payeeId: Id,
      withholdingBp: z.int().min(0).max(1_500),
    }),
    response: { 204: Nothing, 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const listPayoutBatches = {
  method: 'GET',
  url: '/admin/payouts',
  config: { access: 'owner' },
  schema: {
    summary: 'Batches of payouts of a studio, newest first (draftedAt, id)',
    tags: ['payouts'],
    querystring: PageQuery.extend(studio),
    response: { 200: page(PayoutBatch), 404: problem('not_found') },
  },
} as const satisfies Contract

const Batch = z.object({ batch: PayoutBatch, lines: z.array(PayoutLine) })
export type PayoutBatchWithLines = z.infer<typeof Batch>

export const draftPayouts = {
  method: 'POST',
  url: '/admin/payouts',
  config: { access: 'owner' },
  schema: {
    summary: 'Draft a batch of all that is payable now; nothing is owed by it yet',
    tags: ['payouts'],
    body: z.strictObject({ studioId: Id }),
    response: { 201: Batch, 404: problem('not_found'), 409: problem('nothing_to_pay_out') },
  },
} as const satisfies Contract

export const getPayoutBatch = {
  method: 'GET',
  url: '/admin/payouts/:id',
  config: { access: 'owner' },
  schema: {
    summary: 'A batch of payouts with its lines',
    tags: ['payouts'],
    params: IdParams,
    response: { 200: Batch, 404: problem('not_found') },
  },
} as const satisfies Contract

export const discardPayouts = {
  method: 'DELETE',
  url: '/admin/payouts/:id',
  config: { access: 'owner' },
  schema: {
    summary: 'Discard a batch that is not approved',
    tags: ['payouts'],
    params: IdParams,
    response: { 200: Batch, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const approvePayouts = {
  method: 'POST',
  url: '/admin/payouts/:id/approve',
  config: { access: 'platform_admin', limit: 'login' },
  schema: {
    summary:
      'Approve a batch: its amounts leave the balances of their payees. The platform holds the money, so it approves',
    tags: ['payouts'],
    params: IdParams,
    body: z.strictObject({
      /** Asked again where the account has one. */
      password: Password.optional(),
    }),
    response: {
      200: Batch,
      404: problem('not_found'),
      409: problem('illegal_state', 'payout_changed'),
      422: problem('wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract

export const exportPayouts = {
  method: 'POST',
  url: '/admin/payouts/:id/file',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'The file for the bank: a transfer a row. Each time is in the audit: it has whole account numbers',
    tags: ['payouts'],
    params: IdParams,
    /** Without it the file of a batch can be fetched once: a second upload at the bank would pay twice. */
    querystring: z.strictObject({ again: z.literal('yes').optional() }),
    response: {
      200: z.object({ fileName: z.string(), csv: z.string() }),
      404: problem('not_found'),
      409: problem('illegal_state'),
    },
  },
} as const satisfies Contract

export const payPayouts = {
  method: 'POST',
  url: '/admin/payouts/:id/paid',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Say that transfers of a batch arrived, with the bank’s reference; payees get a letter and their certificates',
    tags: ['payouts'],
    params: IdParams,
    body: z.strictObject({
      lineIds: z.array(Id).min(1).max(500),
      reference: Text.trim().min(1).max(100),
      /** The day of the transfer, in Bangkok: not in the future, and not before the bank’s file was taken. */
      paidOn: Day,
    }),
    response: {
      200: Batch,
      404: problem('not_found'),
      409: problem('illegal_state'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const bouncePayout = {
  method: 'POST',
  url: '/admin/payout-lines/:id/bounced',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Say that a transfer came back: the payee is owed it again, and is asked for another account',
    tags: ['payouts'],
    params: IdParams,
    body: z.strictObject({ reason: Text.trim().min(1).max(300) }),
    response: { 200: Batch, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

/** A line of P.N.D. 3 or 53: a certificate that is not void. */
export const WithholdingLine = z
  .object({
    /** `YYYY-MM-DD`, of Thailand. */
    date: z.string(),
    number: z.string(),
    name: z.string(),
    address: z.string(),
    taxId: z.string(),
    income: z.enum(['service', 'licence']),
    rateBp: z.int(),
    paid: Money,
    withheld: Money,
  })
  .meta({ id: 'WithholdingLine' })
export type WithholdingLine = z.infer<typeof WithholdingLine>

export const withholdingReport = {
  method: 'GET',
  url: '/studios/:id/withholding',
  config: { access: 'owner' },
  schema: {
    summary: 'What was withheld in a month from private persons (P.N.D. 3) or companies (P.N.D. 53)',
    tags: ['payouts'],
    params: IdParams,
    querystring: z.strictObject({
      month: z
        .string()
        .max(7)
        .regex(/^2\d{3}-(0[1-9]|1[0-2])$/),
      form: z.enum(PAYEE_FORMS),
    }),
    response: {
      200: z.object({ items: z.array(WithholdingLine), paid: Money, withheld: Money }),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
