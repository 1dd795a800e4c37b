import { MATCH_BANDS, SEARCH_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { FACE_SEARCH_WORDING } from './consent-wordings.ts'
import { Id, IdParams, Instant, Nothing, page, PageQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { PhotoTile } from './photos.ts'

export const Band = z.enum(MATCH_BANDS)
export type Band = z.infer<typeof Band>

/** What the browser sends as `consent`: the id of the wording that was shown, by its language. */
export const FACE_SEARCH_CONSENT = { th: FACE_SEARCH_WORDING.th.id, en: FACE_SEARCH_WORDING.en.id } as const

export const SelfieHint = z.enum(['too_small', 'too_blurred', 'too_dark', 'turned_away'])

export const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

export const Search = z
  .object({
    id: Id,
    eventId: Id,
    state: z.enum(SEARCH_STATES),
    /** When failed. */
    problem: z
      .object({
        code: z.enum(['no_face_found', 'face_too_poor', 'not_an_image', 'image_too_large', 'internal']),
        hints: z.array(SelfieHint),
      })
      .nullable(),
    /** When several faces were found: which one is it? Relative to the upright selfie. */
    faces: z.array(z.object({ index: z.int(), box: Box })),
    /** Photos that were searched. */
    photoCount: z.int(),
    counts: z.object({ sure: z.int(), likely: z.int(), maybe: z.int() }),
    /** Until when photos that come later are looked through as well, while a stream follows the status. */
    liveUntil: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'Search' })
export type Search = z.infer<typeof Search>

export const Match = z
  .object({
    photo: PhotoTile,
    distance: z.number(),
    /** Calibrated probability that this is the same person. */
    confidence: z.number(),
    band: Band,
    faceBox: Box,
    /** The customer said "not me". */
    hidden: z.boolean(),
    /** Ticked or unticked by hand; null while nobody did either. */
    picked: z.boolean().nullable(),
    /** Already bought by this session. */
    bought: z.boolean(),
    /** The photo that stands for its burst among these matches; null where the photo is in none. */
    burst: Id.nullable(),
  })
  .meta({ id: 'Match' })
export type Match = z.infer<typeof Match>

/**
 * `consent` is the id of one of SELFIE_WORDINGS, `guardian` of GUARDIAN_WORDING: no byte of the selfie is read before they are
 * on record. With the consent of an objection the search only finds what `confirmObjection` is asked for.
 */
export const startSearch = {
  method: 'POST',
  url: '/face/search',
  config: {
    access: 'session',
    limit: 'search',
    form: { texts: ['eventId', 'consent', 'guardian'], optional: ['guardian'], file: 'selfie', most: 1 },
  },
  schema: {
    summary:
      'Search an event with a selfie: form fields `eventId`, `consent`, of a child also `guardian`, then the file `selfie`',
    tags: ['faces'],
    response: {
      202: Search,
      400: problem('malformed_request'),
      404: problem('not_found'),
      409: problem('face_search_off'),
      413: problem('file_too_large'),
      415: problem('not_an_image', 'unsupported_media_type'),
      422: problem('consent_required', 'no_file', 'empty_file', 'image_too_large', 'invalid_request'),
      429: problem('too_many_people', 'rate_limited'),
    },
  },
} as const satisfies Contract

/**
 * Every engine gives embeddings the Euclidean length 1.4; this leaves room for rounding. The bounds of a search are
 * distances of embeddings of that length: a shorter one lies near everybody.
 */
export const EMBEDDING_LENGTH = { least: 1.39, most: 1.41 }

/** For phones that run the face models themselves: the selfie never leaves the phone. */
export const startEmbeddingSearch = {
  method: 'POST',
  url: '/face/search/embedding',
  config: { access: 'session', limit: 'search' },
  schema: {
    summary: 'Search an event with an embedding made in the browser',
    tags: ['faces'],
    body: z.strictObject({
      eventId: Id,
      consent: Text.max(40),
      /** Where the selfie is a child's: who consents for it. */
      guardian: Text.max(40).optional(),
      modelVersion: Text.max(80),
      embedding: z
        .array(z.number().min(-1e3).max(1e3))
        .length(128)
        .describe('Of the Euclidean length 1.4, as the models make it; any other is `embedding_invalid`'),
      /** Quality of the face in the selfie, 0..1. */
      quality: z.number().min(0).max(1),
    }),
    response: {
      202: Search,
      404: problem('not_found'),
      409: problem('face_search_off', 'model_outdated'),
      422: problem('consent_required', 'embedding_invalid', 'invalid_request'),
      429: problem('too_many_people', 'rate_limited'),
    },
  },
} as const satisfies Contract

export const searchStatus = {
  method: 'GET',
  url: '/face/search/:id/status',
  config: { access: 'session', stream: true },
  schema: {
    summary: 'How far a search is',
    tags: ['faces'],
    params: IdParams,
    response: { 200: Search, 404: problem('not_found') },
  },
} as const satisfies Contract

export const chooseFace = {
  method: 'POST',
  url: '/face/search/:id/face',
  config: { access: 'session' },
  schema: {
    summary: 'Say which of several faces to search for',
    tags: ['faces'],
    params: IdParams,
    body: z.strictObject({ index: z.int().min(0).max(99) }),
    response: { 202: Search, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const searchResults = {
  method: 'GET',
  url: '/face/search/:id/results',
  config: { access: 'session' },
  schema: {
    summary: 'The matches, best band first, then by confidence; a photo that left the sale meanwhile is not in it',
    tags: ['faces'],
    params: IdParams,
    response: {
      200: z.object({ search: Search, items: z.array(Match) }),
      404: problem('not_found'),
      429: problem('too_many_people', 'rate_limited'),
    },
  },
} as const satisfies Contract

/** A photo that the camera of a match took within a minute of it: no face in it says whether the person is. */
export const PhotoAround = z
  .object({
    photo: PhotoTile,
    /** Already bought by this session. */
    bought: z.boolean(),
    /** The photo that stands for its burst among those of the page; null where the photo is in none. */
    burst: Id.nullable(),
  })
  .meta({ id: 'PhotoAround' })
export type PhotoAround = z.infer<typeof PhotoAround>

export const photosAround = {
  method: 'GET',
  url: '/face/search/:id/around',
  config: { access: 'session' },
  schema: {
    summary:
      'Photos on sale that the camera of a sure or likely match (the nearest 200) took within 60 s of it, by (takenAt, id), without the matches: they may show the person from behind or with a helmet. None where the event does not want it',
    tags: ['faces'],
    params: IdParams,
    querystring: PageQuery,
    response: {
      /** `count` is of all pages. The first page alone has it. */
      200: page(PhotoAround).extend({ count: z.int().nullable() }),
      404: problem('not_found'),
      429: problem('too_many_people', 'rate_limited'),
    },
  },
} as const satisfies Contract

export const forgetSearch = {
  method: 'DELETE',
  url: '/face/search/:id',
  config: { access: 'session' },
  schema: {
    summary: 'Forget a search and everything found with it',
    tags: ['faces'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

/** The most photos of a search that somebody ticks at once. */
const PICKS_MOST = 500

export const pickMatches = {
  method: 'PUT',
  url: '/face/search/:id/picks',
  config: { access: 'session' },
  schema: {
    summary: 'Remember which matches were ticked and unticked by hand, as long as the search is kept',
    tags: ['faces'],
    params: IdParams,
    body: z.strictObject({
      picks: z
        .array(z.strictObject({ photoId: Id, picked: z.boolean() }))
        .min(1)
        .max(PICKS_MOST),
    }),
    response: { 204: Nothing, 404: problem('not_found'), 429: problem('too_many_people', 'rate_limited') },
  },
} as const satisfies Contract

export const giveFeedback = {
  method: 'POST',
  url: '/face/feedback',
  config: { access: 'session' },
  schema: {
    summary: '"Not me" hides a photo from this search, `isMe: true` brings it back',
    tags: ['faces'],
    body: z.strictObject({ searchId: Id, photoId: Id, isMe: z.boolean() }),
    response: { 204: Nothing, 404: problem('not_found'), 429: problem('too_many_people', 'rate_limited') },
  },
} as const satisfies Contract
