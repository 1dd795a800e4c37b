import { z } from 'zod'
import { IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'

const Preview = z.object({ subject: z.string(), text: z.string() })

export const readAnnouncement = {
  method: 'GET',
  url: '/events/:id/announcement',
  config: { access: 'manager' },
  schema: {
    summary: 'How many people get a letter when an event is announced, and the letter in both languages',
    tags: ['events'],
    params: IdParams,
    response: {
      200: z
        .object({
          /** Confirmed addresses that got no letter yet. */
          waiting: z.int(),
          /** Addresses whose readers have not confirmed them. */
          unconfirmed: z.int(),
          notified: z.int(),
          /** The event is on sale and has photos. */
          possible: z.boolean(),
          /** As it leads to the shop where most of those who wait asked for it, else to the marketplace. */
          letters: z.object({ th: Preview, en: Preview }),
          /** Where those who wait asked for it: each letter leads to the shop of its reader. */
          shops: z.array(z.object({ origin: z.string(), waiting: z.int() })),
        })
        .meta({ id: 'Announcement' }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const announceEvent = {
  method: 'POST',
  url: '/events/:id/announce',
  config: { access: 'manager' },
  schema: {
    summary:
      'Write to everybody who waits for the photos of an event. Each gets one letter; their address is deleted then',
    tags: ['events'],
    params: IdParams,
    response: {
      200: z.object({ notified: z.int() }).meta({ id: 'Announced' }),
      404: problem('not_found'),
      409: problem('illegal_state'),
    },
  },
} as const satisfies Contract
