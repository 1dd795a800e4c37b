import { ROLES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, Instant, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { StudioLink, StudioRole } from './studios.ts'

export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

export const User = z
  .object({
    id: Id,
    email: Email,
    name: z.string(),
    role: Role,
    /** Somebody showed that they read its mail: needed before uploading, and before buying as a member. */
    emailVerified: z.boolean(),
    /** False: the account is opened in other ways, and a letter may set a password. */
    hasPassword: z.boolean(),
    /** From then on nothing but turning the second factor on is possible; null where it is on or not required. */
    secondFactorDueAt: Instant.nullable(),
    /** The second factor is reported as lost: before this instant nobody turns it off. */
    lostFactorWaitsUntil: Instant.nullable(),
    /** Studios they work for, and as what. */
    memberships: z.array(z.object({ studio: StudioLink, role: StudioRole })),
    /** Invited to an event. */
    isPhotographer: z.boolean(),
    /** Runs events. */
    isOrganizer: z.boolean(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

export const SignedIn = z.object({ accessToken: z.string(), expiresAt: Instant, user: User }).meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof SignedIn>

/** The refresh token goes into an HttpOnly cookie, never into the body. */
export const login = {
  method: 'POST',
  url: '/auth/login',
  config: { duringMaintenance: true, access: 'public', limit: 'login', captcha: 'after_failures' },
  schema: {
    summary: 'Sign in with e-mail and password',
    tags: ['auth'],
    body: z.strictObject({ email: Email, password: Text.min(1).max(200) }),
    response: {
      200: SignedIn,
      401: problem('wrong_credentials'),
      403: problem('second_factor_needed', 'sign_in_over'),
      429: problem('account_locked', 'rate_limited'),
    },
  },
} as const satisfies Contract

export const refresh = {
  method: 'POST',
  url: '/auth/refresh',
  config: { duringMaintenance: true, access: 'public' },
  schema: {
    summary: 'A new access token for the refresh cookie, which is rotated',
    tags: ['auth'],
    response: { 200: SignedIn, 401: problem('session_expired') },
  },
} as const satisfies Contract

export const logout = {
  method: 'POST',
  url: '/auth/logout',
  config: { duringMaintenance: true, access: 'public' },
  schema: { summary: 'End this sign-in on the server', tags: ['auth'], response: { 204: Nothing } },
} as const satisfies Contract

export const me = {
  method: 'GET',
  url: '/auth/me',
  config: { access: 'user', beforeSecondFactor: true },
  schema: { summary: 'Who is signed in', tags: ['auth'], response: { 200: User, 401: problem('unauthorized') } },
} as const satisfies Contract
