import { DIFFERENCE_ENDS, DIFFERENCE_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Id, IdParams, Instant, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** What each side says: amounts in satang, states, references. */
export const DifferenceFacts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
export type DifferenceFacts = z.infer<typeof DifferenceFacts>

export const Difference = z
  .object({
    id: Id,
    kind: z.enum(DIFFERENCE_KINDS),
    /** What it is about, such as `paynoi:<charge>`. */
    subject: z.string(),
    /** The day of its money. */
    day: Day,
    facts: DifferenceFacts,
    openedAt: Instant,
    /** When it was found last. */
    seenAt: Instant,
    endedAt: Instant.nullable(),
    ended: z.enum(DIFFERENCE_ENDS).nullable(),
    endedBy: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Difference' })
export type Difference = z.infer<typeof Difference>

export const Reconciliation = z
  .object({
    id: Id,
    day: Day,
    startedAt: Instant,
    /** Null while it runs, and where it broke off. */
    finishedAt: Instant.nullable(),
    /** Who asked for it; null for the daily one. */
    askedBy: z.string().nullable(),
    charges: z.int(),
    /** Charges about which no gateway answered: nothing is known of them. */
    unanswered: z.int(),
    receipts: z.int(),
    postings: z.int(),
    found: z.int(),
  })
  .meta({ id: 'Reconciliation' })
export type Reconciliation = z.infer<typeof Reconciliation>

export const listReconciliations = {
  method: 'GET',
  url: '/admin/reconciliations',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'What was compared of gateways, receipts and ledger, by day, the newest first (day, started)',
    tags: ['admin'],
    querystring: PageQuery,
    response: { 200: page(Reconciliation), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const listDifferences = {
  method: 'GET',
  url: '/admin/differences',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'What gateways, receipts and ledger disagree about: what is open, or all of one day (opened, id)',
    tags: ['admin'],
    querystring: PageQuery.extend({ day: Day.optional() }),
    response: { 200: page(Difference), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const reconcileNow = {
  method: 'POST',
  url: '/admin/reconciliations',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Compare a day now; the answer comes while it runs',
    tags: ['admin'],
    body: z.strictObject({ day: Day }),
    response: { 202: Reconciliation, 409: problem('reconciliation_runs'), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const endDifference = {
  method: 'POST',
  url: '/admin/inbox/difference/:id/end',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'End a difference by hand, with what was found; it opens again only if its facts change',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ reason: Text.trim().min(1).max(500) }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed') },
  },
} as const satisfies Contract
