import { z } from 'zod'
import { Id, IdParams, Instant, OurInstant } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'
import { PhotoApproval } from './photos.ts'

/** A processed photo with what its approval needs. */
export const ReviewPhoto = z
  .object({
    id: Id,
    fileName: z.string(),
    /** Upright pixels of the original. */
    width: z.int(),
    height: z.int(),
    averageColor: z.string().nullable(),
    /** Null where it is unknown, or so far from the event's days that the camera's clock was wrong. */
    takenAt: Instant.nullable(),
    photographerId: Id,
    approval: PhotoApproval,
    rejectReason: z.string().nullable(),
    faces: z.int(),
    /** 0 to 1; null where it was not measured, or the photo shows nothing to measure. */
    sharpness: z.number().nullable(),
    /** Photos of one camera within seconds that look alike: the id of the sharpest of them. Null for one by itself, or not measured. */
    burst: Id.nullable(),
    /** Browsers can show the original. */
    shown: z.boolean(),
  })
  .meta({ id: 'ReviewPhoto' })
export type ReviewPhoto = z.infer<typeof ReviewPhoto>

/** All photos in one answer: an event of thousands is filtered and counted in the page. */
export const reviewPhotos = {
  method: 'GET',
  url: '/events/:id/photos/review',
  config: { access: 'manager' },
  schema: {
    summary:
      'Every processed photo of an event in the order it was taken, bursts together; with `since` those that changed',
    tags: ['photos'],
    params: IdParams,
    querystring: z.strictObject({
      /** The `at` of the answer before. */
      since: OurInstant.optional(),
    }),
    response: {
      200: z.object({
        at: Instant,
        photos: z.array(ReviewPhoto),
        /**
         * The number of photos now. A page that holds another number loads all again: nothing is left of a deleted
         * photo.
         */
        total: z.int(),
        /** The photographers of these photos. */
        photographers: z.array(z.object({ id: Id, name: z.string() })),
        /** On their way: not processed yet. */
        coming: z.int(),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

/** Without a watermark, for staff: nobody else reaches an original that they have not bought (docs/decisions/0062). */
export const getPhotoFile = {
  method: 'GET',
  url: '/photos/:id/file',
  config: { access: 'manager', limit: 'media' },
  schema: {
    summary: 'The untouched original, for who manages the event',
    tags: ['photos'],
    produces: ['image/jpeg', 'image/png', 'image/webp', 'image/tiff', 'image/avif', 'image/heic'],
    params: IdParams,
    /** `save`: to keep it, which the audit says. */
    querystring: z.strictObject({ save: z.literal('yes').optional() }),
    response: { 200: Bytes, 404: problem('not_found') },
  },
} as const satisfies Contract
