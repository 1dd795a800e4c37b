import type { studios } from '@pix/db/schema/studios.ts'

/** The shop as its visitors see it: the marketplace, or the shop of one studio. */
export interface Storefront {
  /** Where its pages are opened, e.g. `https://thepixstock.example`: what links begin with. */
  origin: string
  /** Whose shop it is; null is the marketplace, which shows the events of every studio. */
  studio: typeof studios.$inferSelect | null
}
