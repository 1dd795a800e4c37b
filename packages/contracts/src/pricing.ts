import { PACKAGE_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, LocalText, Money } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const PackageKind = z.enum(PACKAGE_KINDS)
export type PackageKind = z.infer<typeof PackageKind>

/** How many photos one Unlimited pays for: in all, and of those that its search did not find. */
export const UnlimitedLimits = z
  .object({
    cap: z.int(),
    /** Photos by hand, as percent of the search's matches, at least and at most so many. */
    extraPercent: z.int(),
    extraMin: z.int(),
    extraMax: z.int(),
  })
  .meta({ id: 'UnlimitedLimits' })

export const Package = z
  .object({
    id: Id,
    kind: PackageKind,
    name: LocalText,
    /** 1 for a single, N for a bundle; null for one person's photos and for the whole event. */
    photoCount: z.int().nullable(),
    /** What it costs now. */
    price: Money,
    /** Present while the early price is in force: until when that is, and the price afterwards. */
    early: z.object({ until: Instant, regular: Money }).optional(),
    /** Of a package `unlimited` alone. */
    limits: UnlimitedLimits.optional(),
  })
  .meta({ id: 'Package' })
export type Package = z.infer<typeof Package>

export const listPackages = {
  method: 'GET',
  url: '/packages',
  config: { access: 'public' },
  schema: {
    summary: 'The packages every event starts with',
    tags: ['packages'],
    response: { 200: z.object({ items: z.array(Package) }) },
  },
} as const satisfies Contract

export const listEventPackages = {
  method: 'GET',
  url: '/events/:id/packages',
  config: { access: 'public' },
  schema: {
    summary:
      'What one event sells by now: its own packages where it has any, else those of its studio, else the global ones',
    tags: ['packages'],
    params: IdParams,
    response: { 200: z.object({ items: z.array(Package) }), 404: problem('not_found') },
  },
} as const satisfies Contract

/** Photos of one person that one Unlimited pays for. */
export const PersonCovered = z
  .object({
    searchId: Id,
    /** Sure and likely matches of the search in the whole event. */
    matches: z.int(),
    photos: z.int(),
    /** Photos among them that the search did not find. */
    byHand: z.array(Id),
  })
  .meta({ id: 'PersonCovered' })

/** One priced offer for the photos in a cart. */
export const Offer = z
  .object({
    lines: z.array(
      z.object({
        package: Package,
        quantity: z.int(),
        photos: z.int(),
        amount: Money,
        /**
         * For a package `unlimited`: the people whose photos each of them pays for. Orders of early releases lack it.
         */
        people: z.array(PersonCovered).optional(),
      }),
    ),
    total: Money,
    /** Photos the offer pays for. */
    photos: z.int(),
  })
  .meta({ id: 'Offer' })
export type Offer = z.infer<typeof Offer>

/** The price of a cart: what is charged, what was cheapest, and what would be better. */
export const Quote = z
  .object({
    chosen: Offer,
    cheapest: Offer,
    /** The same photos by single prices only; null where the event sells no singles. */
    singly: Offer.nullable(),
    /** Unlimited for the one search the cart's photos come from, whether cheaper or not. */
    unlimited: z.object({ offer: Offer, searchId: Id, extraPhotoIds: z.array(Id) }).nullable(),
    /** The price with each package chosen. Packages that do not fit these photos are left out. */
    ways: z.array(z.object({ packageId: Id, offer: Offer })),
    /** Photos that could be added without the total rising. */
    freeMore: z.int(),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>
