import { ACCOUNT_NUMBER, PROMPTPAY_ID, withoutSpaces } from '@pix/domain/payee.ts'
import { SLIP_FAULTS, SLIP_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Password } from './accounts.ts'
import { Id, IdParams, Instant, Money, MoneyThatCame, Nothing, OurInstant, Text } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'
import { OrderStatus } from './orders.ts'

/** The account to which buyers transfer by hand. */
export const TransferAccount = z
  .object({ bank: z.string(), number: z.string(), name: z.string(), promptpay: z.string().nullable() })
  .meta({ id: 'TransferAccount' })
export type TransferAccount = z.infer<typeof TransferAccount>

export const Slip = z
  .object({
    id: Id,
    state: z.enum(SLIP_STATES),
    /** Why it could not be read. */
    fault: z.enum(SLIP_FAULTS).nullable(),
    /** The transfer's reference, as its mini-QR says it. */
    reference: z.string().nullable(),
    uploadedAt: Instant,
    decidedAt: Instant.nullable(),
    /** Why its money was not found. */
    reason: z.string().nullable(),
  })
  .meta({ id: 'Slip' })
export type Slip = z.infer<typeof Slip>

export const Transfer = z
  .object({
    orderId: Id,
    orderNumber: z.string(),
    orderStatus: OrderStatus,
    amount: Money,
    /** Null where this shop takes no transfers. */
    account: TransferAccount.nullable(),
    /** `data:image/png;base64,…` of a PromptPay QR of the amount; null without a PromptPay number. */
    qrImage: z.string().nullable(),
    /** Newest first. */
    slips: z.array(Slip),
    maySend: z.boolean(),
    /** The largest picture of a slip; a larger one is refused. */
    maxBytes: z.int(),
    /** Where our people are reached. */
    contact: z.string(),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

export const getTransfer = {
  method: 'GET',
  url: '/orders/:id/transfer',
  config: { access: 'session' },
  schema: {
    summary: 'How to pay an order by a transfer, and what happened to its slips',
    tags: ['payments'],
    params: IdParams,
    response: { 200: Transfer, 404: problem('not_found') },
  },
} as const satisfies Contract

/** Slips of one order that wait at the same time. */
export const SLIPS_AT_ONCE = 3

export const sendSlip = {
  method: 'POST',
  url: '/orders/:id/slips',
  config: { duringMaintenance: true, access: 'session', limit: 'slip', form: { texts: [], file: 'slip', most: 1 } },
  schema: {
    summary: 'The picture of a transfer’s slip. It is read a moment later; then a person looks for the money',
    tags: ['payments'],
    params: IdParams,
    response: {
      202: Transfer,
      404: problem('not_found'),
      409: problem('order_already_paid', 'too_many_slips', 'no_transfers'),
      413: problem('file_too_large'),
      415: problem('not_an_image', 'unsupported_media_type'),
      422: problem('no_file', 'empty_file'),
    },
  },
} as const satisfies Contract

export const readTransferAccount = {
  method: 'GET',
  url: '/admin/transfer-account',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'The account to which buyers transfer by hand; null where none is set',
    tags: ['admin'],
    response: { 200: z.object({ account: TransferAccount.nullable() }) },
  },
} as const satisfies Contract

export const setTransferAccount = {
  method: 'PUT',
  url: '/admin/transfer-account',
  config: { access: 'platform_admin', limit: 'login' },
  schema: {
    summary: 'Set the account to which buyers transfer by hand, or take none; every admin gets a letter',
    tags: ['admin'],
    body: z.strictObject({
      account: z
        .strictObject({
          bank: Text.trim().min(2).max(60),
          number: z.string().max(30).overwrite(withoutSpaces).regex(ACCOUNT_NUMBER, 'is no account number'),
          name: Text.trim().min(2).max(120),
          promptpay: z
            .string()
            .max(30)
            .overwrite(withoutSpaces)
            .regex(PROMPTPAY_ID, 'is no PromptPay number')
            .nullable(),
        })
        .nullable(),
      /** Asked again where the admin has one. */
      password: Password.optional(),
    }),
    response: {
      200: z.object({ account: TransferAccount.nullable() }),
      422: problem('invalid_request', 'wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract

export const slipPicture = {
  method: 'GET',
  url: '/admin/inbox/slip/:id/picture',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'The picture of a slip as JPEG',
    tags: ['admin'],
    produces: ['image/jpeg'],
    params: IdParams,
    response: { 200: Bytes, 404: problem('not_found') },
  },
} as const satisfies Contract

export const slipArrived = {
  method: 'POST',
  url: '/admin/inbox/slip/:id/arrived',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Say that the account’s statement shows the money of a slip. The right amount pays the order; any other waits like all money that pays nothing',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({
      amount: MoneyThatCame,
      arrivedAt: OurInstant,
      /** As the statement has it. */
      reference: Text.trim().min(4).max(60),
      /** This is other money than what paid the order. */
      isSecond: z.boolean().optional(),
      /** It is other money than what paid the QRs of the orders that were named. */
      isNotTakenIn: z.boolean().optional(),
      /** It is not the money of a QR of the order about which its gateway does not answer. */
      isNotQrMoney: z.boolean().optional(),
    }),
    response: {
      204: Nothing,
      409: problem(
        'taken_by_another',
        'line_closed',
        'gateway_silent',
        'reference_used',
        'money_taken_in',
        'order_already_paid',
        'illegal_state',
      ),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const refuseSlip = {
  method: 'POST',
  url: '/admin/inbox/slip/:id/refuse',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Say that the money of a slip did not arrive; the buyer reads why',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ reason: Text.trim().min(1).max(500) }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed') },
  },
} as const satisfies Contract
