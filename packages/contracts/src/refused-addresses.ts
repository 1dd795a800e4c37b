import { z } from 'zod'
import { Id, Instant, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** The longest address that a letter is written to. */
const Address = Text.min(1).max(320)

/** An address that a mail server refused for good: letters to it are given up until it is taken off the list. */
export const RefusedAddress = z
  .object({
    /** In lower case. */
    address: z.string(),
    /** What the mail server answered. */
    answer: z.string(),
    at: Instant,
    /** The letter that was refused, by what it is for; null once it is deleted. */
    template: z.string().nullable(),
    /** The account whose address it is. */
    userId: Id.nullable(),
  })
  .meta({ id: 'RefusedAddress' })
export type RefusedAddress = z.infer<typeof RefusedAddress>

export const listRefusedAddresses = {
  method: 'GET',
  url: '/admin/refused-addresses',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Addresses that letters are no longer sent to, newest first, by (at, address)',
    tags: ['admin'],
    querystring: PageQuery.extend({
      /** Its last row's address is part of it. */
      cursor: Text.max(2_000).optional(),
      /** A part of the address. */
      q: Text.trim().min(1).max(320).optional(),
    }),
    response: { 200: page(RefusedAddress), 422: problem('invalid_request') },
  },
} as const satisfies Contract

/** The address is in the body, as paths are logged. */
export const liftRefusedAddress = {
  method: 'POST',
  url: '/admin/refused-addresses/lift',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Take an address off the list: letters to it are sent again. Those given up stay in the inbox',
    tags: ['admin'],
    body: z.strictObject({ address: Address }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
