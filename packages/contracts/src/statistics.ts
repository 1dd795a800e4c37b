import { z } from 'zod'
import { Id, IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** What led to sales, and the sales. */
const steps = {
  /** Browser tabs that opened a page of the event. */
  visits: z.int(),
  /** Face searches that ended. */
  searches: z.int(),
  /** Carts that the first photo of the event was put into. */
  carts: z.int(),
  /** Orders that were paid with photos of the event. */
  paid: z.int(),
}
const Steps = z.object(steps)
export type Steps = z.infer<typeof Steps>

export const EventStatistics = z
  .object({
    total: Steps,
    /** Days of Bangkok on which something happened, oldest first. */
    byDay: z.array(z.object({ day: z.string(), ...steps })),
    /** The 24 hours of a day in Bangkok, of all days together. */
    byHour: z.array(z.object({ hour: z.int(), ...steps })),
    photos: z.object({
      onSale: z.int(),
      /** How many of those on sale were bought at least once. */
      sold: z.int(),
    }),
    /** Who has the most photos on sale first. */
    photographers: z.array(z.object({ id: Id, name: z.string(), onSale: z.int(), sold: z.int() })),
    search: z.object({
      found: z.int(),
      nothingFound: z.int(),
      /** Ended without an answer: no face in the selfie, or a fault of ours. */
      failed: z.int(),
      /** Found photos of which people said that it is them, and that it is not. */
      isMe: z.int(),
      notMe: z.int(),
    }),
  })
  .meta({ id: 'EventStatistics' })
export type EventStatistics = z.infer<typeof EventStatistics>

export const readStatistics = {
  method: 'GET',
  url: '/events/:id/statistics',
  config: { access: 'organizer' },
  schema: {
    summary: 'How an event does, in numbers: for who manages it, and for its organizer',
    tags: ['events'],
    params: IdParams,
    response: { 200: EventStatistics, 404: problem('not_found') },
  },
} as const satisfies Contract
