import { z } from 'zod'
import { Id, Nothing } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { EventSummary } from './events.ts'
import { PhotoTile } from './photos.ts'
import { Package } from './pricing.ts'

/** Somebody keeps so many photos in mind. */
export const FAVOURITES_MOST = 500

const FavouriteEvent = z
  .object({
    event: EventSummary,
    onSaleNow: z.boolean(),
    /** What the event sells by. */
    packages: z.array(Package),
    /** Newest first. */
    photos: z.array(z.object({ photo: PhotoTile, bought: z.boolean() })),
  })
  .meta({ id: 'FavouriteEvent' })
export type FavouriteEvent = z.infer<typeof FavouriteEvent>

/** How many favourites are not shown, by the reason. */
export const UnseenFavourites = z
  .object({
    /** Favourites that are not on sale any more, or whose event is not in the shop now. */
    withdrawn: z.int(),
    /** Favourites of an event whose code this browser did not enter. */
    locked: z.int(),
    /** Favourites of another studio than the one whose shop this is. */
    elsewhere: z.int(),
  })
  .meta({ id: 'UnseenFavourites' })
export type UnseenFavourites = z.infer<typeof UnseenFavourites>

export const listFavourites = {
  method: 'GET',
  url: '/me/favourites',
  config: { access: 'session' },
  schema: {
    summary:
      'Favourites of this browser or account by event, the last one first; those that cannot be seen now are only counted',
    tags: ['favourites'],
    response: { 200: z.object({ items: z.array(FavouriteEvent), unseen: UnseenFavourites }) },
  },
} as const satisfies Contract

export const listFavouriteIds = {
  method: 'GET',
  url: '/me/favourites/ids',
  config: { access: 'session' },
  schema: {
    summary: 'Ids of the favourites in an event',
    tags: ['favourites'],
    querystring: z.strictObject({ eventId: Id }),
    response: { 200: z.object({ ids: z.array(Id) }) },
  },
} as const satisfies Contract

export const addFavourites = {
  method: 'PUT',
  url: '/me/favourites',
  config: { access: 'session' },
  schema: {
    summary: 'Keep photos in mind; those that are kept already stay once',
    tags: ['favourites'],
    body: z.strictObject({ photoIds: z.array(Id).min(1).max(FAVOURITES_MOST) }),
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('favourites_full') },
  },
} as const satisfies Contract

export const removeFavourite = {
  method: 'DELETE',
  url: '/me/favourites/:photoId',
  config: { access: 'session' },
  schema: {
    summary: 'A photo is no favourite any more, also where it was none',
    tags: ['favourites'],
    params: z.strictObject({ photoId: Id }),
    response: { 204: Nothing },
  },
} as const satisfies Contract
