import { CREW_ROLES, STUDIO_ROLES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { LinkToken, Locale, NewPassword, PersonName } from './accounts.ts'
import { SignedIn } from './auth.ts'
import { EventLink, Id, IdParams, Instant, Nothing, page, PageQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { StudioLink, StudioRole } from './studios.ts'

/** As what somebody is invited: to a studio, or to one of its events. */
export const InvitedAs = z.enum([...STUDIO_ROLES, 'organizer'])
export type InvitedAs = z.infer<typeof InvitedAs>
export const CrewRole = z.enum(CREW_ROLES)

/** An invitation that nobody has accepted or taken back. It may have expired. */
export const Invitation = z
  .object({ id: Id, email: z.string(), as: InvitedAs, sentAt: Instant, expiresAt: Instant })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

/** What the link of a letter leads to. */
export const Invited = z
  .object({
    studio: StudioLink,
    /** Null for an invitation to the studio itself. */
    event: EventLink.nullable(),
    as: InvitedAs,
    /** The address that it was sent to. */
    email: z.string(),
    /** Somebody has shown that they read this address's mail, and signs in; else the link makes an account. */
    hasAccount: z.boolean(),
    expiresAt: Instant,
  })
  .meta({ id: 'Invited' })
export type Invited = z.infer<typeof Invited>

/** What invitations to studios and to events have in common. A letter goes out alike for every address. */
const SENT = { 200: Invitation, 404: problem('not_found'), 429: problem('rate_limited') }
const Sending = z.strictObject({ locale: Locale })

export const listInvitations = {
  method: 'GET',
  url: '/studios/:id/invitations',
  config: { access: 'manager' },
  schema: {
    summary: 'Invitations to a studio that are open, newest first (sentAt, id)',
    tags: ['studios'],
    params: IdParams,
    querystring: PageQuery,
    response: { 200: page(Invitation), 404: problem('not_found') },
  },
} as const satisfies Contract

export const inviteMember = {
  method: 'POST',
  url: '/studios/:id/invitations',
  config: { access: 'manager', limit: 'invitation' },
  schema: {
    summary:
      'Invite somebody to a studio by mail, for 7 days. The answer does not show whether the address has an account. Inviting an address again ends the earlier invitation',
    tags: ['studios'],
    params: IdParams,
    body: Sending.extend({ email: Email, role: StudioRole }),
    response: { ...SENT, 403: problem('forbidden'), 409: problem('already_member', 'studio_closed') },
  },
} as const satisfies Contract

const InvitationParams = z.strictObject({ id: Id, invitationId: Id })

export const resendInvitation = {
  method: 'POST',
  url: '/studios/:id/invitations/:invitationId/resend',
  config: { access: 'manager', limit: 'invitation' },
  schema: {
    summary: 'Send an open invitation to a studio again, for another 7 days. The earlier link ends',
    tags: ['studios'],
    params: InvitationParams,
    body: Sending,
    response: { ...SENT, 403: problem('forbidden'), 409: problem('studio_closed') },
  },
} as const satisfies Contract

export const revokeInvitation = {
  method: 'DELETE',
  url: '/studios/:id/invitations/:invitationId',
  config: { access: 'manager' },
  schema: {
    summary: 'Take an open invitation to a studio back',
    tags: ['studios'],
    params: InvitationParams,
    response: { 204: Nothing, 403: problem('forbidden'), 404: problem('not_found') },
  },
} as const satisfies Contract

const OPENED = { 403: problem('invitation_for_another'), 409: problem('studio_closed'), 410: problem('link_used_up') }

export const lookAtInvitation = {
  method: 'POST',
  url: '/invitations/look',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'What the link of a letter invites to. It uses nothing up',
    tags: ['invitations'],
    body: z.strictObject({ token: LinkToken }),
    response: { 200: Invited, 409: OPENED[409], 410: OPENED[410] },
  },
} as const satisfies Contract

export const acceptInvitation = {
  method: 'POST',
  url: '/invitations/accept',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'Join by the token of a letter, as the account that has its address',
    tags: ['invitations'],
    body: z.strictObject({ token: LinkToken }),
    response: { 200: Invited, ...OPENED, 409: problem('studio_closed', 'organizer_taken') },
  },
} as const satisfies Contract

export const registerByInvitation = {
  method: 'POST',
  url: '/invitations/register',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Make an account by the token of a letter, whose address is verified by it, join, and sign in',
    tags: ['invitations'],
    body: z.strictObject({ token: LinkToken, name: PersonName, password: NewPassword }),
    response: {
      200: SignedIn,
      403: problem('second_factor_needed', 'sign_in_over'),
      409: problem('studio_closed', 'organizer_taken', 'account_exists'),
      410: OPENED[410],
      422: problem('password_common', 'password_personal'),
    },
  },
} as const satisfies Contract
