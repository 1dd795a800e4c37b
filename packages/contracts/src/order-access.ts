import { z } from 'zod'
import { Id, IdParams, Instant } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { MailState, Order } from './orders.ts'

/**
 * The token of the link in the letter of a paid order. It stands in the link's fragment, and is sent in bodies: no log
 * keeps either.
 */
const LinkToken = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/)

export const LinkedOrder = z
  .object({
    /** The order's id, where this session may have the order already. */
    orderId: Id.nullable(),
    number: z.string(),
    /** The order's address, masked: `n•••@shop.example`. */
    email: z.string(),
    /** The newest code that may still be given. */
    code: z.object({ mail: MailState, expiresAt: Instant, triesLeft: z.int() }).nullable(),
    /** When the next code may be sent; null: now. */
    nextCodeAt: Instant.nullable(),
  })
  .meta({ id: 'LinkedOrder' })
export type LinkedOrder = z.infer<typeof LinkedOrder>

export const openLink = {
  method: 'POST',
  url: '/orders/link',
  config: { duringMaintenance: true, access: 'session' },
  schema: {
    summary: 'What the link of a letter leads to; changes nothing',
    tags: ['orders'],
    body: z.strictObject({ token: LinkToken }),
    response: { 200: LinkedOrder, 404: problem('not_found') },
  },
} as const satisfies Contract

export const sendOrderCode = {
  method: 'POST',
  url: '/orders/link/code',
  config: { duringMaintenance: true, access: 'session' },
  schema: {
    summary: 'Mail a code to the order’s address: good for 10 minutes and 5 tries, 3 an hour',
    tags: ['orders'],
    body: z.strictObject({ token: LinkToken }),
    response: { 202: LinkedOrder, 404: problem('not_found'), 429: problem('too_many_codes', 'rate_limited') },
  },
} as const satisfies Contract

export const giveOrderCode = {
  method: 'POST',
  url: '/orders/link/open',
  config: { duringMaintenance: true, access: 'session' },
  schema: {
    summary: 'Open the order for this session by a code of a letter',
    tags: ['orders'],
    body: z.strictObject({
      token: LinkToken,
      code: z
        .string()
        .length(6)
        .regex(/^\d{6}$/),
    }),
    response: {
      200: z.object({ orderId: Id }),
      404: problem('not_found'),
      410: problem('order_code_over'),
      422: problem('invalid_request', 'order_code_wrong'),
    },
  },
} as const satisfies Contract

export const correctEmail = {
  method: 'PUT',
  url: '/orders/:id/email',
  config: { access: 'session' },
  schema: {
    summary: 'Correct the e-mail of an order, in the session that ordered: the letter goes to the new address',
    tags: ['orders'],
    params: IdParams,
    body: z.strictObject({ email: Email }),
    response: { 200: Order, 404: problem('not_found'), 409: problem('email_settled') },
  },
} as const satisfies Contract
