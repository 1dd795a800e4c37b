import { z } from 'zod'
import { CAMERA_REFUSALS } from './cameras.ts'
import { EventLink, Id, Instant, Money } from './common.ts'
import type { Contract } from './contract.ts'
import { PhotoTile } from './photos.ts'

/** What becomes of a photographer's share, over all studios. */
export const NextPayout = z
  .object({
    /** Approved to be transferred, and not yet confirmed by the bank. */
    onItsWay: Money,
    /** Past the time in which it may be refunded: the next payout of a studio transfers it. */
    ready: Money,
    /** The first day, with its amount, on which more can no longer be refunded; null where nothing is held. */
    next: z.object({ at: Instant, amount: Money }).nullable(),
    /** A studio transfers no less than this. */
    least: Money,
    /** A bank account is entered. */
    hasAccount: z.boolean(),
  })
  .meta({ id: 'NextPayout' })
export type NextPayout = z.infer<typeof NextPayout>

export const PhotographerMorning = z
  .object({
    /** 07:00 of yesterday in Bangkok: the figures count from here. */
    since: Instant,
    sold: z.object({
      /** The photographer's share of what was sold. */
      earned: Money,
      /** The share that refunds took back in this time. */
      refunded: Money,
      photos: z.int(),
      /** People, by the addresses of their orders. */
      buyers: z.int(),
      /** What earned most, first. */
      best: z.array(
        z.object({ photo: PhotoTile, fileName: z.string(), event: EventLink, earned: Money, times: z.int() }),
      ),
    }),
    refused: z.object({
      photos: z.int(),
      /** The latest first. */
      latest: z.array(
        z.object({ photo: PhotoTile, fileName: z.string(), event: EventLink, reason: z.string(), at: Instant }),
      ),
    }),
    /** Files that cameras sent and that did not become photos. RAW files and copies are not among them. */
    cameras: z.object({
      refused: z.int(),
      /** The latest first. */
      latest: z.array(
        z.object({ id: Id, fileName: z.string(), event: EventLink, code: z.enum(CAMERA_REFUSALS), at: Instant }),
      ),
    }),
    payout: NextPayout,
  })
  .meta({ id: 'PhotographerMorning' })
export type PhotographerMorning = z.infer<typeof PhotographerMorning>

export const photographerMorning = {
  method: 'GET',
  url: '/photographer/me/morning',
  config: { access: 'photographer' },
  schema: {
    summary:
      'What a photographer sold since 07:00 of yesterday, what was refused and why, also of cameras, and what is paid out next',
    tags: ['revenue'],
    response: { 200: PhotographerMorning },
  },
} as const satisfies Contract
