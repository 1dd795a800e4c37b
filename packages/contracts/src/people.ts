import { z } from 'zod'
import { Id, IdParams, Instant, PageQuery, page, PictureFile } from './common.ts'
import { Bytes, type Contract, problem } from './contract.ts'
import { PhotoTile } from './photos.ts'

/** How far an event's faces are grouped into people. */
export const Grouping = z
  .object({
    /** `failed` rests until somebody asks again. */
    state: z.enum(['not_asked', 'waiting', 'grouped', 'failed']),
    /** When the last grouping ended well. Photos that came or went since are in `waiting`. */
    groupedAt: Instant.nullable(),
    people: z.int(),
    /** Faces of photos on sale that have a person. */
    faces: z.int(),
  })
  .meta({ id: 'Grouping' })
export type Grouping = z.infer<typeof Grouping>

/** Somebody in an event: faces that look alike, and no name. The id stays as photos arrive. */
export const Person = z
  .object({
    id: Id,
    photoCount: z.int(),
    faceCount: z.int(),
    /** Their best face, for `faceUrl()`. */
    faceId: Id,
  })
  .meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

/** The address of a face cut from a watermarked picture, 150 px at most; for admins. */
export const faceUrl = (eventId: string, faceId: string): string => `/media/${eventId}/faces/${faceId}.jpg`

/** A face, at the address that `faceUrl()` makes. */
export const getFace = {
  method: 'GET',
  url: '/media/:eventId/faces/:file',
  config: { access: 'manager', limit: 'media', root: true },
  schema: {
    summary: 'A face as JPEG, 150 px; `file` is `<face id>.jpg`. For admins',
    tags: ['faces'],
    produces: ['image/jpeg'],
    params: z.strictObject({ eventId: z.uuid(), file: PictureFile }),
    response: { 200: Bytes },
  },
} as const satisfies Contract

export const groupPeople = {
  method: 'POST',
  url: '/face/group',
  config: { access: 'manager' },
  schema: {
    summary: "Group an event's faces into people, now and after photos arrive",
    tags: ['faces'],
    body: z.strictObject({ eventId: Id }),
    response: { 202: Grouping, 404: problem('not_found'), 409: problem('face_search_off') },
  },
} as const satisfies Contract

export const listPeople = {
  method: 'GET',
  url: '/events/:id/people',
  config: { access: 'manager' },
  schema: {
    summary: 'The people of an event, those in most photos first (photoCount, id)',
    tags: ['faces'],
    params: IdParams,
    querystring: PageQuery,
    response: {
      200: page(Person).extend({ grouping: Grouping }),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const listPersonPhotos = {
  method: 'GET',
  url: '/events/:id/people/:person/photos',
  config: { access: 'manager' },
  schema: {
    summary: 'The photos on sale that show a person of an event (id)',
    tags: ['faces'],
    params: IdParams.extend({ person: Id }),
    querystring: PageQuery,
    response: { 200: page(PhotoTile), 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract
