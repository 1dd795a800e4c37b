import { MOST_GIFT_DOWNLOADS, MOST_GIFTS } from '@pix/domain/gifts.ts'
import { z } from 'zod'
import { CART_MOST } from './cart.ts'
import { Id, IdParams, Instant, LocalText, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** The token of a gift's link. It stands in the link's fragment, and is sent in bodies: no log keeps either. */
const Token = Text.min(20).max(100)

/** A link by which a buyer gives bought photos to somebody. */
export const Gift = z
  .object({
    id: Id,
    /** How many photos it gives now: without those that were refunded or taken down. */
    photos: z.int(),
    giver: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: Instant,
    expiresAt: Instant,
    /** How often its photos were downloaded, all together. */
    downloads: z.int(),
  })
  .meta({ id: 'Gift' })
export type Gift = z.infer<typeof Gift>

/** The link is answered once: its token is not kept. */
export const MadeGift = z
  .object({
    gift: Gift,
    link: z.string(),
    /** The link as QR, an SVG. */
    qr: z.string(),
  })
  .meta({ id: 'MadeGift' })
export type MadeGift = z.infer<typeof MadeGift>

export const makeGift = {
  method: 'POST',
  url: '/orders/:id/gifts',
  config: { access: 'session', limit: 'invitation' },
  schema: {
    summary: `Give bought photos to somebody by a link, ${MOST_GIFTS} open links an order at most`,
    tags: ['orders'],
    params: IdParams,
    body: z.strictObject({
      photoIds: z.array(Id).min(1).max(CART_MOST),
      /** Shown to the receiver, as the next one. */
      giver: Text.trim().min(1).max(60).optional(),
      note: Text.trim().min(1).max(200).optional(),
    }),
    response: { 201: MadeGift, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const listGifts = {
  method: 'GET',
  url: '/orders/:id/gifts',
  config: { access: 'session' },
  schema: {
    summary: 'The open links by which the photos of an order are given, newest first',
    tags: ['orders'],
    params: IdParams,
    response: { 200: z.object({ items: z.array(Gift) }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const withdrawGift = {
  method: 'DELETE',
  url: '/gifts/:id',
  config: { access: 'session' },
  schema: {
    summary: 'Withdraw a link by which photos are given: it opens nothing any more',
    tags: ['orders'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

/** What the receiver sees of an event. */
const GiftEvent = z.object({
  name: LocalText,
  startsAt: Instant,
  /** Null where not everybody may open its page. */
  slug: z.string().nullable(),
})

export const GivenPhoto = z
  .object({
    id: Id,
    /** Upright pixels of the original. */
    width: z.int(),
    height: z.int(),
    averageColor: z.string().nullable(),
    /** A picture without a watermark, by a link that lives for some minutes. */
    picture: z.string(),
    /** There is a smaller JPEG to share, too. */
    hasShareSize: z.boolean(),
    fileName: z.string(),
    bytes: z.int(),
    downloadsLeft: z.int().min(0).max(MOST_GIFT_DOWNLOADS),
  })
  .meta({ id: 'GivenPhoto' })
export type GivenPhoto = z.infer<typeof GivenPhoto>

/** What a gift's link shows: nothing of who bought the photos but what they wrote for the receiver. */
export const OpenedGift = z
  .object({
    giver: z.string().nullable(),
    note: z.string().nullable(),
    /** The link ends here. */
    until: Instant,
    events: z.array(z.object({ event: GiftEvent, photos: z.array(GivenPhoto) })),
  })
  .meta({ id: 'OpenedGift' })
export type OpenedGift = z.infer<typeof OpenedGift>

export const openGift = {
  method: 'POST',
  url: '/gifts/look',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'The photos that a link gives; changes nothing',
    tags: ['orders'],
    body: z.strictObject({ token: Token }),
    response: { 200: OpenedGift, 404: problem('not_found') },
  },
} as const satisfies Contract

export const downloadGift = {
  method: 'POST',
  url: '/gifts/download',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: `Download a photo by the link that gives it, ${MOST_GIFT_DOWNLOADS} times at most`,
    tags: ['orders'],
    body: z.strictObject({
      token: Token,
      photoId: Id,
      /** The untouched original, or the JPEG of 2,048 px. */
      size: z.enum(['original', 'share']),
    }),
    response: {
      /** Begins the download; it lives for an hour at most. */
      200: z.object({ url: z.string(), downloadsLeft: z.int().min(0).max(MOST_GIFT_DOWNLOADS) }),
      404: problem('not_found'),
      410: problem('link_used_up'),
    },
  },
} as const satisfies Contract
