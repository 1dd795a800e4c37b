import { STATEMENT_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, EventLink, Id, Instant, Money, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PayeeParty } from './payees.ts'

/** As whom somebody earns. */
const Party = z.enum(['photographer', 'organizer'])
export type EarningParty = z.infer<typeof Party>
const PartyParams = z.strictObject({ party: Party })

export const Earnings = z
  .object({
    /** What is owed to them now; below 0 where refunds took back more than they earned since they were paid. */
    balance: Money,
    /** What they earned in the time, less what refunds took back. */
    earned: Money,
    refunded: Money,
    photosSold: z.int(),
    /** Events of the asked time, the one that earned most first. */
    events: z.array(z.object({ event: EventLink, photosSold: z.int(), earned: Money })),
    byDay: z.array(z.object({ day: z.string(), earned: Money })),
  })
  .meta({ id: 'Earnings' })
export type Earnings = z.infer<typeof Earnings>

/** Which days a statement is about, and which studio where the caller owns several. */
export const StatementRange = z.strictObject({ from: Day, to: Day, studio: Id.optional() })
const Range = StatementRange.omit({ studio: true })

export const earnings = {
  method: 'GET',
  url: '/earnings/:party',
  config: { access: 'user' },
  schema: {
    summary: 'What the caller earns as a photographer or as an organizer',
    tags: ['revenue'],
    params: PartyParams,
    querystring: Range,
    response: { 200: Earnings },
  },
} as const satisfies Contract

/** SHA-256, hex. */
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
/** What is hashed with a node on the way to the root, from the leaf up. */
const MerklePath = z.array(z.object({ side: z.enum(['left', 'right']), hash: Hash }))

const Seal = z
  .object({
    kind: z.string(),
    number: z.int(),
    firstPosition: z.int(),
    lastPosition: z.int(),
    format: z.int(),
    treeRoot: Hash,
    previousRoot: Hash,
    sealedAt: Instant,
    root: Hash,
  })
  .meta({ id: 'Seal' })

export const StatementLine = z
  .object({
    at: Instant,
    kind: z.enum(STATEMENT_KINDS),
    orderNumber: z.string().nullable(),
    event: EventLink.nullable(),
    photo: z.object({ id: Id, fileName: z.string() }).nullable(),
    /** What was paid for the photo; below 0 for a refund. */
    price: Money.nullable(),
    /** Basis points of what is left of the price after VAT and fee. */
    rateBp: z.int().nullable(),
    amount: Money,
    /**
     * Of a payout or its return: how its gross amount was paid. The tax that was withheld is part of the gross amount.
     */
    payout: z.object({ number: z.string(), withheld: Money, net: Money }).nullable(),
    /** Of a correction by hand: what it goes back to, and why it was made. */
    correction: z.object({ reference: z.string(), reason: z.string() }).nullable(),
    /** The proof that the line stands in a seal; null until the next seal, a minute later. */
    proof: z
      .object({
        /** Canonical JSON whose hash is a leaf of the posting's tree. */
        entry: z.string(),
        entryPath: MerklePath,
        /** Canonical JSON whose hash is a leaf of the seal's tree. */
        posting: z.string(),
        postingPath: MerklePath,
        seal: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'StatementLine' })
export type StatementLine = z.infer<typeof StatementLine>

export const Statement = z
  .object({
    party: PayeeParty,
    name: z.string(),
    from: z.string(),
    to: z.string(),
    /** Sums of the whole statement, not of this page. */
    opening: Money,
    closing: Money,
    /** How many lines the whole time has. */
    lineCount: z.int(),
    /** One page of the lines, in the order in which they were posted. */
    lines: z.array(StatementLine),
    nextCursor: z.string().nullable(),
    /** Those of this page's lines. */
    seals: z.array(Seal),
  })
  .meta({ id: 'Statement' })
export type Statement = z.infer<typeof Statement>

/** The most lines of a page: the proof of each has some kilobytes. */
export const STATEMENT_PAGE = 500

export const statement = {
  method: 'GET',
  url: '/earnings/:party/statement',
  config: { access: 'user' },
  schema: {
    summary: 'Each line that changed what the caller is owed in a time, with the path to its seal, page by page',
    tags: ['revenue'],
    params: z.strictObject({ party: PayeeParty }),
    querystring: PageQuery.extend({
      ...StatementRange.shape,
      limit: z.coerce.number().int().min(1).max(STATEMENT_PAGE).default(100),
      order: z.enum(['oldest', 'newest']).default('oldest'),
    }),
    response: { 200: Statement, 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const ledgerSeal = {
  method: 'GET',
  url: '/ledger/seals/:number',
  config: { access: 'public' },
  schema: {
    summary: 'A seal of the ledger, to compare with the seal that a statement names',
    tags: ['revenue'],
    params: z.strictObject({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
    response: { 200: Seal, 404: problem('not_found') },
  },
} as const satisfies Contract
