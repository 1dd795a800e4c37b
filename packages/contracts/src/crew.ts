import { z } from 'zod'
import { Locale } from './accounts.ts'
import { Id, IdParams, Instant, Nothing, page, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { CrewRole, Invitation } from './invitations.ts'

/** Somebody who may upload to an event. */
export const CrewMember = z
  .object({
    userId: Id,
    name: z.string(),
    email: z.string(),
    /** Photos of a trusted photographer go on sale when they are processed, where the event approves `trusted`. */
    trusted: z.boolean(),
    since: Instant,
  })
  .meta({ id: 'CrewMember' })
export type CrewMember = z.infer<typeof CrewMember>

const EventOrganizer = z.object({ name: z.string(), email: z.string().nullable() })

export const listCrew = {
  method: 'GET',
  url: '/events/:id/crew',
  config: { access: 'organizer' },
  schema: {
    summary: 'Who organizes an event, and its photographers (userId)',
    tags: ['crew'],
    params: IdParams,
    querystring: PageQuery,
    response: {
      200: page(CrewMember).extend({
        /** Whose event it is. */
        studioId: Id,
        organizer: EventOrganizer.nullable(),
        /** What the caller may do: whom they may invite, and whether they may trust and remove. */
        mayInvite: z.array(CrewRole),
        mayChange: z.boolean(),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const listCrewInvitations = {
  method: 'GET',
  url: '/events/:id/invitations',
  config: { access: 'organizer' },
  schema: {
    summary: 'Invitations to an event that are open, newest first (sentAt, id)',
    tags: ['crew'],
    params: IdParams,
    querystring: PageQuery,
    response: { 200: page(Invitation), 404: problem('not_found') },
  },
} as const satisfies Contract

const SENT = { 200: Invitation, 403: problem('forbidden'), 404: problem('not_found'), 429: problem('rate_limited') }

export const inviteToEvent = {
  method: 'POST',
  url: '/events/:id/invitations',
  config: { access: 'organizer', limit: 'invitation' },
  schema: {
    summary:
      'Invite a photographer or the organizer to an event by mail, for 7 days. The answer does not show whether the address has an account. An organizer may invite photographers, whom only a manager can trust',
    tags: ['crew'],
    params: IdParams,
    body: z.strictObject({ email: Email, as: CrewRole, trusted: z.boolean().default(false), locale: Locale }),
    response: { ...SENT, 409: problem('already_member', 'organizer_taken', 'studio_closed') },
  },
} as const satisfies Contract

const InvitationParams = z.strictObject({ id: Id, invitationId: Id })

export const resendToEvent = {
  method: 'POST',
  url: '/events/:id/invitations/:invitationId/resend',
  config: { access: 'organizer', limit: 'invitation' },
  schema: {
    summary: 'Send an open invitation to an event again, for another 7 days. The earlier link ends',
    tags: ['crew'],
    params: InvitationParams,
    body: z.strictObject({ locale: Locale }),
    response: { ...SENT, 409: problem('studio_closed') },
  },
} as const satisfies Contract

export const revokeFromEvent = {
  method: 'DELETE',
  url: '/events/:id/invitations/:invitationId',
  config: { access: 'organizer' },
  schema: {
    summary: 'Take an open invitation to an event back',
    tags: ['crew'],
    params: InvitationParams,
    response: { 204: Nothing, 403: problem('forbidden'), 404: problem('not_found') },
  },
} as const satisfies Contract

const PhotographerParams = z.strictObject({ id: Id, userId: Id })

export const setPhotographer = {
  method: 'PUT',
  url: '/events/:id/photographers/:userId',
  config: { access: 'manager' },
  schema: {
    summary:
      'Say whether a photographer of an event is trusted. A member of the studio is put on the event by it, without a letter',
    tags: ['crew'],
    params: PhotographerParams,
    body: z.strictObject({ trusted: z.boolean() }),
    response: { 200: CrewMember, 404: problem('not_found') },
  },
} as const satisfies Contract

export const removePhotographer = {
  method: 'DELETE',
  url: '/events/:id/photographers/:userId',
  config: { access: 'manager' },
  schema: {
    summary: 'Let somebody upload to an event no longer. Their photos stay',
    tags: ['crew'],
    params: PhotographerParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

export const removeOrganizer = {
  method: 'DELETE',
  url: '/events/:id/organizer',
  config: { access: 'manager' },
  schema: {
    summary: 'Leave an event without an organizer from here on. What was sold before stays shared',
    tags: ['crew'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
