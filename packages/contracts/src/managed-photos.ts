import { z } from 'zod'
import { Id, IdParams, Instant, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { CrewPhoto } from './photos.ts'

/**
 * The state of a photo, for the people who manage it. `off_sale` may be shown again; `gone` was taken down for good.
 */
export const PHOTO_PLACES = ['on_sale', 'waiting', 'off_sale', 'gone', 'processing', 'failed'] as const
export const PhotoPlace = z.enum(PHOTO_PLACES)
export type PhotoPlace = z.infer<typeof PhotoPlace>

/** A photo as a tile of the console's photo desk. */
export const ManagedPhoto = CrewPhoto.extend({
  place: PhotoPlace,
  photographerId: Id,
  /** Whether an order that was paid, or may still be, names it. */
  sold: z.boolean(),
}).meta({ id: 'ManagedPhoto' })
export type ManagedPhoto = z.infer<typeof ManagedPhoto>

const YesOrNo = z.enum(['yes', 'no']).optional()

export const listManagedPhotos = {
  method: 'GET',
  url: '/events/:id/photos/managed',
  config: { access: 'manager' },
  schema: {
    summary: 'Photos of an event for who manages it, the newest first (createdAt, id)',
    tags: ['photos'],
    params: IdParams,
    querystring: PageQuery.extend({
      /** Part of the file's name, such as its number; or the whole id. */
      q: Text.trim().min(1).max(200).optional(),
      photographer: Id.optional(),
      place: PhotoPlace.optional(),
      /** Bounds of the time at which photos were taken. */
      from: Instant.optional(),
      to: Instant.optional(),
      faces: YesOrNo,
      sold: YesOrNo,
    }),
    response: {
      200: page(ManagedPhoto).extend({
        /** So many fit. */
        total: z.int(),
        /** Who has photos in the event, whatever the filters are. */
        photographers: z.array(z.object({ id: Id, name: z.string() })),
        /** What a photo must keep to be processed: bytes, and pixels of its longer side. */
        limits: z.object({ maxBytes: z.int(), minSide: z.int() }),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const retryFailedPhotos = {
  method: 'POST',
  url: '/events/:id/photos/retries',
  config: { access: 'manager' },
  schema: {
    summary: 'Try every photo of an event again that could not be processed',
    tags: ['photos'],
    params: IdParams,
    response: { 202: z.object({ queued: z.int() }), 404: problem('not_found') },
  },
} as const satisfies Contract

/** The most photos of one request: each photo's files are handled one after the other. */
export const PHOTOS_AT_ONCE = 50
const PhotoIds = z.array(Id).min(1).max(PHOTOS_AT_ONCE)

export const deletePhotos = {
  method: 'POST',
  url: '/photos/deletions',
  config: { access: 'manager' },
  schema: {
    summary:
      'Delete photos for good. One that somebody bought is taken off the sale for good, and stays for its buyers',
    tags: ['photos'],
    body: z.strictObject({ photoIds: PhotoIds }),
    response: {
      200: z.object({
        deleted: z.array(Id),
        offSale: z.array(Id),
        /**
         * Photos that were bought and that the caller may not take off the sale: they took them and do not manage the
         * event.
         */
        sold: z.array(Id),
        /** Photos that do not exist for the caller: deleted or taken down before, or never theirs. */
        missing: z.array(Id),
      }),
    },
  },
} as const satisfies Contract

/**
 * Why a photo was not moved: `missing` is not there for the caller, or not in this studio; `sold` belongs to its buyers;
 * `taken_down` has no files any more; `asked_down` waits for somebody's decision; `same_event` and `duplicate` are there
 * already; `not_in_crew`: its photographer does not work on the other event; `no_original`: its file is not in storage;
 * `objected`: somebody of its event asked not to be found, and the other event would not know their face.
 */
export const MOVE_REFUSALS = [
  'missing',
  'sold',
  'taken_down',
  'asked_down',
  'same_event',
  'duplicate',
  'not_in_crew',
  'no_original',
  'objected',
] as const
export const MoveRefusal = z.enum(MOVE_REFUSALS)
export type MoveRefusal = z.infer<typeof MoveRefusal>

export const movePhotos = {
  method: 'POST',
  url: '/photos/moves',
  config: { access: 'manager' },
  schema: {
    summary:
      'Move unsold photos to another event of the studio: each becomes a new photo there, processed and approved as uploads are',
    tags: ['photos'],
    body: z.strictObject({ eventId: Id, photoIds: PhotoIds }),
    response: {
      200: z.object({
        moved: z.array(z.object({ id: Id, becameId: Id })),
        left: z.array(z.object({ id: Id, why: MoveRefusal })),
      }),
      404: problem('not_found'),
      409: problem('uploads_closed', 'studio_closed'),
    },
  },
} as const satisfies Contract
