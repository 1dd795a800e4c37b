import { PHOTO_APPROVALS, PHOTO_FAILURES, PHOTO_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, PageQuery, page, PictureFile, Text } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'

export const PhotoState = z.enum(PHOTO_STATES)
export const PhotoApproval = z.enum(PHOTO_APPROVALS)
export type PhotoApproval = z.infer<typeof PhotoApproval>

/** Why a photo could not be processed; the web says it in the photographer's language. */
export const PhotoFailure = z.enum(PHOTO_FAILURES)
export type PhotoFailure = z.infer<typeof PhotoFailure>

/** A photo as a grid needs it. Picture addresses follow from the ids: `pictureUrl()`. */
export const PhotoTile = z
  .object({
    id: Id,
    eventId: Id,
    /** Upright pixels of the original; nothing may shift while pictures load. */
    width: z.int(),
    height: z.int(),
    /** Null where it is unknown, or so far from the event's days that the camera's clock was wrong. */
    takenAt: Instant.nullable(),
    /** ThumbHash, base64. */
    placeholder: z.string().nullable(),
    /** `#rrggbb`. */
    averageColor: z.string().nullable(),
  })
  .meta({ id: 'PhotoTile' })
export type PhotoTile = z.infer<typeof PhotoTile>

/** What crew sees besides. */
export const CrewPhoto = PhotoTile.extend({
  fileName: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  state: PhotoState,
  failure: PhotoFailure.nullable(),
  approval: PhotoApproval,
  rejectReason: z.string().nullable(),
  faces: z.int(),
  photographerName: z.string(),
  createdAt: Instant,
}).meta({ id: 'CrewPhoto' })
export type CrewPhoto = z.infer<typeof CrewPhoto>

export const PhotoDetail = PhotoTile.extend({
  photographerName: z.string(),
  camera: z.string().nullable(),
  lens: z.string().nullable(),
}).meta({ id: 'PhotoDetail' })

export const PictureSize = z.enum(['small', 'medium', 'phone', 'large', 'preview'])
export type PictureSize = z.infer<typeof PictureSize>

/** A picture, at the address that `pictureUrl()` makes. */
export const getPicture = {
  method: 'GET',
  url: '/media/:eventId/:size/:file',
  config: { access: 'public', limit: 'media', root: true },
  schema: {
    summary: 'A picture as JPEG; `file` is `<photo id>.jpg`. From medium up it carries the watermark',
    tags: ['photos'],
    produces: ['image/jpeg'],
    params: z.strictObject({ eventId: z.uuid(), size: PictureSize, file: PictureFile }),
    response: { 200: Bytes, 304: z.null() },
  },
} as const satisfies Contract

/** The stable address of a picture; `medium` and up carry the watermark. */
export const pictureUrl = (photo: { id: string; eventId: string }, size: PictureSize): string =>
  `/media/${photo.eventId}/${size}/${photo.id}.jpg`

export const UploadOutcome = z
  .object({
    fileName: z.string(),
    outcome: z.enum(['stored', 'duplicate', 'refused']),
    /** The stored photo, or the one it duplicates. */
    photoId: Id.nullable(),
    sha256: z.string().nullable(),
    /** Set when refused. */
    code: z
      .enum([
        'empty_file',
        'not_an_image',
        'raw_file',
        'unsupported_colors',
        'file_too_large',
        'image_too_large',
        'image_too_small',
        'too_many_files',
        'malformed_request',
        'internal',
      ])
      .nullable(),
  })
  .meta({ id: 'UploadOutcome' })
export type UploadOutcome = z.infer<typeof UploadOutcome>

export const uploadPhoto = {
  method: 'POST',
  url: '/photos/upload',
  config: {
    access: 'photographer',
    scope: 'photos:upload',
    limit: 'upload',
    form: { texts: ['eventId'], file: 'photo', most: 1 },
  },
  schema: {
    summary: 'Upload one photo: form field `eventId`, then the file `photo`',
    tags: ['photos'],
    response: {
      202: UploadOutcome,
      200: UploadOutcome,
      400: problem('malformed_request'),
      403: problem('email_not_verified'),
      404: problem('not_found'),
      409: problem('uploads_closed', 'studio_closed'),
      413: problem('file_too_large'),
      415: problem('not_an_image', 'raw_file', 'unsupported_colors', 'unsupported_media_type'),
      422: problem('no_file', 'empty_file', 'image_too_large', 'image_too_small', 'too_many_files', 'invalid_request'),
    },
  },
} as const satisfies Contract

/** Files beyond the most are refused one by one. */
export const batchUpload = {
  method: 'POST',
  url: '/photos/batch-upload',
  config: {
    access: 'photographer',
    scope: 'photos:upload',
    limit: 'batch',
    form: { texts: ['eventId'], file: 'photo', most: 50 },
  },
  schema: {
    summary:
      'Upload up to 50 photos: form field `eventId`, then the files `photo`. Each file has its own outcome; the 51st is refused',
    tags: ['photos'],
    response: {
      /** `complete` is false where the form broke off: what is not among the items was not taken. */
      202: z.object({ items: z.array(UploadOutcome), complete: z.boolean() }),
      400: problem('malformed_request'),
      403: problem('email_not_verified'),
      404: problem('not_found'),
      409: problem('uploads_closed', 'studio_closed'),
      422: problem('no_file', 'too_many_files', 'invalid_request'),
    },
  },
} as const satisfies Contract

export const listPhotos = {
  method: 'GET',
  url: '/events/:id/photos',
  config: { access: 'public' },
  schema: {
    summary: 'Photos on sale in an event, by time taken (takenAt, id); those whose time is not certain come last',
    tags: ['photos'],
    params: IdParams,
    querystring: PageQuery.extend({
      from: Instant.optional(),
      to: Instant.optional(),
      /** Only theirs, by the id that `photographers` of the event names. */
      photographer: Id.optional(),
    }),
    response: { 200: page(PhotoTile), 404: problem('not_found') },
  },
} as const satisfies Contract

/** All a gallery needs to lay out thousands of photos at once: arrays by column, in the list's order. */
export const getPhotoLayout = {
  method: 'GET',
  url: '/events/:id/photos/layout',
  config: { access: 'public' },
  schema: {
    summary: 'Every photo on sale in the event as columns, for a virtualised gallery',
    tags: ['photos'],
    params: IdParams,
    response: {
      200: z.object({
        ids: z.array(Id),
        /** Width over height, 3 decimals. */
        aspects: z.array(z.number()),
        /** Seconds since 1970, null where unknown or not certain: those come last. */
        takenAt: z.array(z.int().nullable()),
        /** `#rrggbb` or null. */
        colors: z.array(z.string().nullable()),
        /** Ids of who took them. */
        photographers: z.array(Id),
        /** For each photo, the place of its photographer in `photographers`. */
        takenBy: z.array(z.int()),
        /** Places of photos that one camera took in a row and that look alike: of each burst the sharpest first, then by time. */
        bursts: z.array(z.array(z.int())),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const listCrewPhotos = {
  method: 'GET',
  url: '/events/:id/photos/crew',
  config: { access: 'photographer', scope: 'photos:upload' },
  schema: {
    summary: 'Photos of an event with their states; a photographer sees their own, an admin all (createdAt, id)',
    tags: ['photos'],
    params: IdParams,
    querystring: PageQuery.extend({
      state: PhotoState.optional(),
      approval: PhotoApproval.optional(),
      /** Only those that the caller took. */
      own: z.literal('yes').optional(),
    }),
    response: {
      200: page(CrewPhoto).extend({
        /** What a photo may measure: bytes, and pixels on its longer side; and whether cameras send photos by FTP or SFTP. */
        limits: z.object({ maxBytes: z.int(), minSide: z.int(), fromCameras: z.boolean() }),
        counts: z.object({
          queued: z.int(),
          processing: z.int(),
          processed: z.int(),
          failed: z.int(),
          pending: z.int(),
          approved: z.int(),
          rejected: z.int(),
        }),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const getPhoto = {
  method: 'GET',
  url: '/photos/:id',
  config: { access: 'public' },
  schema: {
    summary: 'One photo on sale',
    tags: ['photos'],
    params: IdParams,
    response: { 200: PhotoDetail, 404: problem('not_found') },
  },
} as const satisfies Contract

const Reason = Text.trim().min(1).max(200)

export const approvePhoto = {
  method: 'PUT',
  url: '/photos/:id/approve',
  config: { access: 'manager' },
  schema: {
    summary: 'Put a processed photo on sale',
    tags: ['photos'],
    params: IdParams,
    response: { 200: CrewPhoto, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const rejectPhoto = {
  method: 'PUT',
  url: '/photos/:id/reject',
  config: { access: 'manager' },
  schema: {
    summary: 'Keep a photo off the sale, with the reason for its photographer',
    tags: ['photos'],
    params: IdParams,
    body: z.strictObject({ reason: Reason }),
    response: { 200: CrewPhoto, 404: problem('not_found') },
  },
} as const satisfies Contract

/** Ids, or everything pending and processed in the event. `pending` takes a decision back. */
export const decidePhotos = {
  method: 'POST',
  url: '/photos/approvals',
  config: { access: 'manager' },
  schema: {
    summary: 'Approve, reject or undo in bulk; answers with the ids that changed',
    tags: ['photos'],
    body: z.strictObject({
      eventId: Id,
      decision: PhotoApproval,
      reason: Reason.optional(),
      photoIds: z.union([z.literal('all_pending'), z.array(Id).min(1).max(5000)]),
    }),
    response: { 200: z.object({ changed: z.array(Id) }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const retryPhoto = {
  method: 'POST',
  url: '/photos/:id/retry',
  config: { access: 'photographer' },
  schema: {
    summary: 'Try a failed photo again',
    tags: ['photos'],
    params: IdParams,
    response: { 202: CrewPhoto, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract
