import { PAYOUT_LINE_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, Instant, Money, page, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { AccountShown, PayeeParty } from './payees.ts'

/** A payout as its payee sees it. */
export const OwnPayout = z
  .object({
    id: Id,
    /** `PO-2026-000012/3`. */
    number: z.string(),
    name: z.string(),
    state: z.enum(PAYOUT_LINE_STATES),
    approvedAt: Instant,
    paidAt: Instant.nullable(),
    gross: Money,
    withheld: Money,
    net: Money,
    account: AccountShown.nullable(),
    bounceReason: z.string().nullable(),
    certificate: z.object({ id: Id, number: z.string() }).nullable(),
  })
  .meta({ id: 'OwnPayout' })
export type OwnPayout = z.infer<typeof OwnPayout>

export const listOwnPayouts = {
  method: 'GET',
  url: '/me/payouts/:party',
  config: { access: 'user' },
  schema: {
    summary:
      'What was paid out to the caller as a photographer, an organizer or an owner of a studio, newest first (id)',
    tags: ['payouts'],
    params: z.strictObject({ party: PayeeParty }),
    querystring: PageQuery,
    response: { 200: page(OwnPayout) },
  },
} as const satisfies Contract

export const linkOwnCertificate = {
  method: 'GET',
  url: '/me/payouts/:party/:id/certificate',
  config: { access: 'user' },
  schema: {
    summary: 'An address of a payout’s certificate of withheld tax, for five minutes; null while it is drawn',
    tags: ['payouts'],
    params: z.strictObject({ party: PayeeParty, id: Id }),
    response: { 200: z.object({ url: z.string().nullable() }), 404: problem('not_found') },
  },
} as const satisfies Contract
