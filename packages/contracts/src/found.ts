import { z } from 'zod'
import { Id, Instant, Nothing } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { EventSummary } from './events.ts'

/** A finished search that found somebody, and is kept. Photos that left the sale and those said to be "not me" are not counted. */
const FoundSearch = z
  .object({
    id: Id,
    /** Surely and likely the person: the number at the head of the results. */
    found: z.int(),
    maybe: z.int(),
    /** How many of both this buyer has bought. */
    bought: z.int(),
    searchedAt: Instant,
    /** When it is forgotten by itself. */
    until: Instant,
  })
  .meta({ id: 'FoundSearch' })
export type FoundSearch = z.infer<typeof FoundSearch>

const FoundEvent = z
  .object({
    event: EventSummary,
    onSaleNow: z.boolean(),
    /** Newest first, one at least. */
    searches: z.array(FoundSearch),
  })
  .meta({ id: 'FoundEvent' })
export type FoundEvent = z.infer<typeof FoundEvent>

/** So many searches are listed, the newest. */
export const FOUND_MOST = 100

export const listFound = {
  method: 'GET',
  url: '/me/found',
  config: { access: 'session' },
  schema: {
    summary: 'Events in which this browser or account was found, by its newest search, with what each search found',
    tags: ['faces'],
    querystring: z.strictObject({ eventId: Id.optional() }),
    response: { 200: z.object({ items: z.array(FoundEvent) }) },
  },
} as const satisfies Contract

export const forgetFound = {
  method: 'DELETE',
  url: '/me/found/:eventId',
  config: { access: 'session' },
  schema: {
    summary: 'Forget every search of this browser or account in an event, and take back the consents to them',
    tags: ['faces'],
    params: z.strictObject({ eventId: Id }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
