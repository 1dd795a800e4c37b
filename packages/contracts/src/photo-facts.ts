import { z } from 'zod'
import { Id, IdParams, Instant } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** What is known of a photo besides its picture. What the camera did not write is null. */
export const PhotoMetadata = z
  .object({
    id: Id,
    /** Null where it is unknown, or so far from the event's days that the camera's clock was wrong. */
    takenAt: Instant.nullable(),
    /** Upright pixels of the original; 0 until it is processed. */
    width: z.int(),
    height: z.int(),
    /** Bytes of the original. */
    bytes: z.int(),
    /** Format of the original, by its content: jpg, png, webp, tiff, avif, heic. */
    format: z.string(),
    /** Make and model. */
    camera: z.string().nullable(),
    lens: z.string().nullable(),
    /**
     * Null where it is not known what the camera wrote: the photo is not processed yet, or was processed before that
     * was kept.
     */
    exposure: z
      .object({
        seconds: z.number().nullable(),
        fNumber: z.number().nullable(),
        iso: z.int().nullable(),
        /** Millimetres, of the lens itself. */
        focalLength: z.number().nullable(),
      })
      .nullable(),
    /** What only its photographer and who manages its event may see; null for everybody else. */
    crew: z
      .object({
        fileName: z.string(),
        /** SHA-256 of the original's bytes, hex. */
        sha256: z.string(),
        uploadedAt: Instant,
        processedAt: Instant.nullable(),
        place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
        /** Null where it is not known, as `exposure`. */
        serials: z.object({ camera: z.string().nullable(), lens: z.string().nullable() }).nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'PhotoMetadata' })
export type PhotoMetadata = z.infer<typeof PhotoMetadata>

export const getPhotoMetadata = {
  method: 'GET',
  url: '/photos/:id/metadata',
  config: { access: 'public' },
  schema: {
    summary:
      'What a camera wrote into a photo, for the people who may see the photo; place and serial numbers for its photographer and staff',
    tags: ['photos'],
    params: IdParams,
    response: { 200: PhotoMetadata, 404: problem('not_found') },
  },
} as const satisfies Contract

/** A face as it was found in a photo, without what distinguishes people. */
export const PhotoFace = z
  .object({
    id: Id,
    /** Relative to the upright photo, 0 to 1. */
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    /** How sure the detector is, 0 to 1. */
    score: z.number(),
    /** Sharpness, size, light and pose, 0 to 1. */
    quality: z.number(),
    /** How many of the kept searches found the photo by this face, without an answer "not me" of their person. */
    searches: z.int(),
  })
  .meta({ id: 'PhotoFace' })
export type PhotoFace = z.infer<typeof PhotoFace>

export const getPhotoFaces = {
  method: 'GET',
  url: '/photos/:id/faces',
  config: { access: 'manager' },
  schema: {
    summary: 'The faces of a photo, the largest first, for who manages the event',
    tags: ['photos'],
    params: IdParams,
    response: {
      200: z.object({
        /** The version of the models that the event is searched with; null where no face was found in it yet. */
        modelVersion: z.string().nullable(),
        items: z.array(PhotoFace),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract
