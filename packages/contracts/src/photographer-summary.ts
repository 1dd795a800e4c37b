import { z } from 'zod'
import { EventLink, Instant, Money } from './common.ts'
import type { Contract } from './contract.ts'
import { EventStatus } from './events.ts'
import { PhotoTile } from './photos.ts'

/** Events that a day's page names: those that take or sell photos first. `listEvents` lists all, with scope=crew. */
export const DAY_EVENTS = 100

/** A photographer's own photos of an event, by what happens to them. */
export const OwnCounts = z.object({
  processing: z.int(),
  /** Processed, and nobody has decided. */
  waiting: z.int(),
  onSale: z.int(),
  rejected: z.int(),
  failed: z.int(),
})

export const PhotographerSummary = z
  .object({
    /** What is owed now; below 0 where refunds took back more than was earned since the last payout. */
    balance: Money,
    /** Sales of today in Bangkok. */
    today: z.object({ photosSold: z.int(), buyers: z.int(), earned: Money }),
    /** The last seven days, today last. */
    byDay: z.array(z.object({ day: z.string(), earned: Money })),
    /** The photos that were sold last, newest first. */
    sold: z.array(z.object({ photo: PhotoTile, event: EventLink, at: Instant, earned: Money })),
    /** The events they work on: those that take or sell photos first, the newest first among them. */
    events: z.array(z.object({ event: EventLink, status: EventStatus, counts: OwnCounts })),
  })
  .meta({ id: 'PhotographerSummary' })
export type PhotographerSummary = z.infer<typeof PhotographerSummary>

export const photographerSummary = {
  method: 'GET',
  url: '/photographer/me/summary',
  config: { access: 'photographer' },
  schema: {
    summary: 'A photographer’s day: what was sold, what is owed, and how far their photos are',
    tags: ['revenue'],
    response: { 200: PhotographerSummary },
  },
} as const satisfies Contract
