import { OBJECTION_DECISIONS, OBJECTION_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { EventLink, Id, IdParams, Instant, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

const ObjectionKind = z.enum(OBJECTION_KINDS)
export type ObjectionKind = z.infer<typeof ObjectionKind>

/** A person's objection: they do not want to be found in an event. */
const Objection = z
  .object({
    id: Id,
    event: EventLink,
    kind: ObjectionKind,
    at: Instant,
    /** Faces taken out so far. */
    faces: z.int(),
    /** How many of them somebody still looks at, as the search was not sure. */
    unsure: z.int(),
    /** Later photos leave them out, too. */
    kept: z.boolean(),
  })
  .meta({ id: 'Objection' })
export type Objection = z.infer<typeof Objection>

export const confirmObjection = {
  method: 'POST',
  url: '/face/search/:id/objection',
  config: { access: 'session' },
  schema: {
    summary:
      'Take the faces that a search with the consent of an objection found out of everybody else’s searches, or delete them. Again: the same answer',
    tags: ['faces'],
    params: IdParams,
    body: z.strictObject({
      kind: ObjectionKind,
      /** Photos that show this person, of those that the search found. */
      photoIds: z.array(Id).max(1_000),
      /** The id of the wording by which the face is kept for later photos; null where it is not. */
      keep: Text.max(40).nullable(),
      /** Gets the link that takes it back. */
      email: Email.optional(),
      locale: z.enum(['th', 'en']),
    }),
    response: {
      201: Objection,
      404: problem('not_found'),
      409: problem('illegal_state', 'selfie_gone'),
      422: problem('consent_required', 'invalid_request'),
    },
  },
} as const satisfies Contract

export const listMyObjections = {
  method: 'GET',
  url: '/me/objections',
  config: { access: 'session' },
  schema: {
    summary: 'Where this browser or account does not want to be found, newest first',
    tags: ['privacy'],
    response: { 200: z.object({ items: z.array(Objection) }) },
  },
} as const satisfies Contract

export const withdrawObjection = {
  method: 'DELETE',
  url: '/me/objections/:id',
  config: { access: 'session' },
  schema: {
    summary: 'Take an objection back: hidden faces are found again, and the kept face is deleted',
    tags: ['privacy'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

export const withdrawObjectionByLink = {
  method: 'POST',
  url: '/objections/withdrawal',
  config: { access: 'session' },
  schema: {
    summary: 'Take an objection back by the link of its letter, in any browser',
    tags: ['privacy'],
    body: z.strictObject({ token: Text.min(1).max(100) }),
    response: { 200: z.object({ event: EventLink, kind: ObjectionKind }), 410: problem('link_used_up') },
  },
} as const satisfies Contract

export const decideObjection = {
  method: 'POST',
  url: '/admin/inbox/objection/:id/decide',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Say of the faces that the search was not sure of whether they stay out, or end the whole objection where it is not this person’s to make',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ decision: z.enum(OBJECTION_DECISIONS), reason: Text.trim().min(1).max(500) }),
    response: { 204: Nothing, 409: problem('taken_by_another', 'line_closed') },
  },
} as const satisfies Contract
