import { PACKAGE_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, LocalText, Money, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const PackageKind = z.enum(PACKAGE_KINDS)
export type PackageKind = z.infer<typeof PackageKind>

export const Package = z
  .object({
    id: Id,
    kind: PackageKind,
    name: LocalText,
    /** 1 for a single, N for a bundle, null for unlimited. */
    photoCount: z.int().nullable(),
    price: Money,
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
    summary: 'The packages of one event: its own where it has any, else the global ones',
    tags: ['packages'],
    params: IdParams,
    response: { 200: z.object({ items: z.array(Package) }), 404: problem('not_found') },
  },
} as const satisfies Contract

/** Replaces the event's own list; an empty one goes back to the global list. */
export const setEventPackages = {
  method: 'POST',
  url: '/events/:id/packages',
  config: { access: 'manager' },
  schema: {
    summary: 'Give an event its own packages',
    tags: ['packages'],
    params: IdParams,
    body: z.strictObject({
      items: z
        .array(
          z.strictObject({
            kind: PackageKind,
            name: z.strictObject({ th: Text.min(1).max(80), en: Text.min(1).max(80) }),
            photoCount: z.int().min(1).max(1000).nullable(),
            price: z.strictObject({ amount: z.int().min(0).max(70_000_000), currency: z.literal('THB') }),
          }),
        )
        .max(20),
    }),
    response: { 200: z.object({ items: z.array(Package) }), 404: problem('not_found') },
  },
} as const satisfies Contract

/** One priced offer for the photos in a cart. */
export const Offer = z
  .object({
    lines: z.array(z.object({ package: Package, quantity: z.int(), photos: z.int(), amount: Money })),
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
    /** Photos that could be added without the total rising. */
    freeMore: z.int(),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>
