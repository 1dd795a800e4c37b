import { ROLES, STUDIO_ROLES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Device, Password } from './accounts.ts'
import { Id, IdParams, Instant, LocalText, Nothing, page, PageQuery, Reason, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/**
 * The kinds of users in the list: people who buy, who take photos, who work for a studio, who run events, and platform
 * admins.
 */
export const USER_KINDS = ['customer', 'photographer', 'staff', 'organizer', 'platform_admin'] as const
export type UserKind = (typeof USER_KINDS)[number]

/** Shorter words fit too many. */
export const USER_SEARCH_MIN = 2

const User = z.object({
  id: Id,
  name: z.string(),
  role: z.enum(ROLES),
  isVerified: z.boolean(),
  isSuspended: z.boolean(),
  isPhotographer: z.boolean(),
  isOrganizer: z.boolean(),
  memberships: z.array(
    z.object({ role: z.enum(STUDIO_ROLES), studio: z.object({ id: Id, slug: z.string(), name: LocalText }) }),
  ),
  createdAt: Instant,
})

export const UserLine = User.extend({
  /** `s…@example.com`: whole on the user's own page. */
  maskedEmail: z.string(),
}).meta({ id: 'UserLine' })
export type UserLine = z.infer<typeof UserLine>

export const UserDetail = User.extend({
  email: z.string(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** The latest suspension; null where the account is not suspended. */
  suspended: z.object({ at: Instant, reason: z.string().nullable() }).nullable(),
  /** Whether failed sign-ins keep out, for now, a browser or a network that is known to it, or strangers. */
  isLocked: z.boolean(),
  /** Paid orders of the verified address; 0 while it is not verified. */
  orders: z.int(),
  sessions: z.array(Device.omit({ isThis: true })),
  /** The caller's own account. */
  isSelf: z.boolean(),
}).meta({ id: 'UserDetail' })
export type UserDetail = z.infer<typeof UserDetail>

export const listUsers = {
  method: 'GET',
  url: '/admin/users',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Accounts, newest first, by (createdAt, id); deleted ones are left out',
    tags: ['admin'],
    querystring: PageQuery.extend({
      /** A part of the name or of the e-mail address. */
      q: Text.trim().min(USER_SEARCH_MIN).max(320).optional(),
      kind: z.enum(USER_KINDS).optional(),
      suspended: z.enum(['true', 'false']).optional(),
    }),
    response: { 200: page(UserLine), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const getUser = {
  method: 'GET',
  url: '/admin/users/:id',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'One account, with where it is signed in',
    tags: ['admin'],
    params: IdParams,
    response: { 200: UserDetail, 404: problem('not_found') },
  },
} as const satisfies Contract

export const changeUserRole = {
  method: 'PUT',
  url: '/admin/users/:id/role',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Make an account a platform admin or an ordinary one again. The password of the caller is asked again',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ role: z.enum(ROLES), reason: Reason, password: Password.optional() }),
    response: {
      200: UserDetail,
      404: problem('not_found'),
      403: problem('email_not_verified'),
      409: problem('own_account', 'last_platform_admin', 'illegal_state'),
      422: problem('invalid_request', 'wrong_password'),
      429: problem('account_locked'),
    },
  },
} as const satisfies Contract

export const suspendUser = {
  method: 'PUT',
  url: '/admin/users/:id/suspension',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Suspend an account, which ends its sign-ins, or lift its suspension',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ suspended: z.boolean(), reason: Reason }),
    response: {
      200: UserDetail,
      404: problem('not_found'),
      409: problem('own_account', 'last_platform_admin', 'illegal_state'),
    },
  },
} as const satisfies Contract

export const endUserSession = {
  method: 'DELETE',
  url: '/admin/users/:id/sessions/:session',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Sign one device of an account out',
    tags: ['admin'],
    params: z.strictObject({ id: Id, session: Id }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

export const endUserSessions = {
  method: 'DELETE',
  url: '/admin/users/:id/sessions',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Sign every device of an account out',
    tags: ['admin'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('own_account') },
  },
} as const satisfies Contract

export const unlockUser = {
  method: 'POST',
  url: '/admin/users/:id/unlock',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Forget the failed sign-ins of an account: of strangers together, and of the browsers and networks known of it',
    tags: ['admin'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
