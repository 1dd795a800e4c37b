import { z } from 'zod'
import { Id, LocalText, Money } from './common.ts'
import type { Contract } from './contract.ts'

/** What photographers without a rule or a rate of their own get at a shop. */
export const PhotographerOffer = z
  .object({
    /** Basis points of a sale's net, by the rules in force: they may differ by kind of event. Null where nothing is paid. */
    share: z.object({ leastBp: z.int(), mostBp: z.int() }).nullable(),
    /** What comes off a price before it is split: VAT as basis points of the price without it, the gateway's fee of the price. */
    vatBp: z.int(),
    feeBp: z.int(),
    /** Where all photos of a package are one photographer's, what they earn by it: of `least` and `most` as of the share. */
    packages: z.array(z.object({ id: Id, name: LocalText, price: Money, least: Money, most: Money })),
    payouts: z.object({
      /** Less is not paid out, and waits for more. */
      least: Money,
      /** Days that a share waits before it is paid out. */
      holdingDays: z.int(),
    }),
  })
  .meta({ id: 'PhotographerOffer' })
export type PhotographerOffer = z.infer<typeof PhotographerOffer>

export const readPhotographerOffer = {
  method: 'GET',
  url: '/photographer-offer',
  config: { access: 'public' },
  schema: {
    summary:
      'What photographers get here: of sales of the studio whose storefront was asked, at the marketplace of the house studio',
    tags: ['revenue'],
    response: { 200: PhotographerOffer },
  },
} as const satisfies Contract
