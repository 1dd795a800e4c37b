import { z } from 'zod'
import { SignedIn } from './auth.ts'
import { Id, IdParams, Instant, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** A person's name, in any script; it has at least one letter or figure. */
export const PersonName = Text.min(1)
  .max(100)
  .refine(name => /[\p{L}\p{N}]/u.test(name), 'has no letter')

/** The least length of a new password (spec/80). */
export const SHORTEST_PASSWORD = 10
/** The length is refused here, before anything costly looks at the password; a weak one has a refusal of its own. */
export const NewPassword = Text.min(SHORTEST_PASSWORD).max(200)
/** One that exists already. */
export const Password = Text.min(1).max(200)
/** The language of the letters that follow. */
export const Locale = z.enum(['th', 'en'])

/** The token of a letter's link, 32 random bytes. Any other text is refused like a link that was used. */
export const LinkToken = Text.min(1).max(100)

/** Whether a letter goes out or not, the answer is the same and takes as long. */
const ASK_FOR_LETTER = { 202: Nothing, 429: problem('rate_limited') }

export const register = {
  method: 'POST',
  url: '/auth/register',
  config: { access: 'public', limit: 'login', captcha: 'always' },
  schema: {
    summary: 'Make an account. A letter leads on, also where the address has one already',
    tags: ['auth'],
    body: z.strictObject({ email: Email, name: PersonName, password: NewPassword, locale: Locale }),
    response: { ...ASK_FOR_LETTER, 422: problem('password_common', 'password_personal') },
  },
} as const satisfies Contract

export const verifyEmail = {
  method: 'POST',
  url: '/auth/verify-email',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary:
      'Show by the token of a letter that one reads the mail of an address, and sign in. Who is not signed in to the account gives its password: the letter may answer to somebody else’s registration',
    tags: ['auth'],
    body: z.strictObject({ token: LinkToken, password: Password.optional() }),
    response: {
      200: SignedIn,
      403: problem('second_factor_needed', 'sign_in_over'),
      410: problem('link_used_up'),
      422: problem('wrong_password'),
    },
  },
} as const satisfies Contract

export const resendVerification = {
  method: 'POST',
  url: '/auth/verify-email/resend',
  config: { access: 'public', limit: 'login', captcha: 'always' },
  schema: {
    summary: 'Another letter that verifies the address',
    tags: ['auth'],
    body: z.strictObject({ email: Email, locale: Locale }),
    response: ASK_FOR_LETTER,
  },
} as const satisfies Contract

export const forgotPassword = {
  method: 'POST',
  url: '/auth/forgot-password',
  config: { access: 'public', limit: 'login', captcha: 'always' },
  schema: {
    summary: 'Ask for a letter by which a new password can be set',
    tags: ['auth'],
    body: z.strictObject({ email: Email, locale: Locale }),
    response: ASK_FOR_LETTER,
  },
} as const satisfies Contract

export const resetPassword = {
  method: 'POST',
  url: '/auth/reset-password',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Set a new password by the token of a letter. All sign-ins of the account end',
    tags: ['auth'],
    body: z.strictObject({ token: LinkToken, password: NewPassword, locale: Locale }),
    response: {
      204: Nothing,
      410: problem('link_used_up'),
      422: problem('password_common', 'password_personal'),
    },
  },
} as const satisfies Contract

export const changePassword = {
  method: 'POST',
  url: '/auth/change-password',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'Set a new password by the present one. The sign-ins of other devices end',
    tags: ['auth'],
    body: z.strictObject({ current: Password, password: NewPassword, locale: Locale }),
    response: {
      200: SignedIn,
      403: problem('sign_in_over'),
      422: problem('wrong_password', 'password_common', 'password_personal'),
      429: problem('account_locked', 'rate_limited'),
    },
  },
} as const satisfies Contract

export const sendSignInCode = {
  method: 'POST',
  url: '/auth/otp',
  config: { duringMaintenance: true, access: 'public', limit: 'login', captcha: 'always' },
  schema: {
    summary: 'Ask for a letter with a code of six digits that signs in for 10 minutes',
    tags: ['auth'],
    body: z.strictObject({ email: Email, locale: Locale }),
    response: { ...ASK_FOR_LETTER, 202: z.object({ ticket: Id }) },
  },
} as const satisfies Contract

export const signInByCode = {
  method: 'POST',
  url: '/auth/otp/verify',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'Sign in by the code of a letter, which may be tried five times',
    tags: ['auth'],
    body: z.strictObject({
      ticket: Id,
      code: z
        .string()
        .regex(/^\d{6}$/)
        .max(6),
    }),
    response: { 200: SignedIn, 403: problem('second_factor_needed', 'sign_in_over'), 422: problem('wrong_code') },
  },
} as const satisfies Contract

export const changeProfile = {
  method: 'PUT',
  url: '/auth/me',
  config: { access: 'user' },
  schema: {
    summary: 'Change what one is called',
    tags: ['auth'],
    body: z.strictObject({ name: PersonName }),
    response: { 200: SignedIn.shape.user },
  },
} as const satisfies Contract

/** One sign-in: a browser, or a program. */
export const Device = z
  .object({
    id: Id,
    /** What it calls itself. */
    device: z.string(),
    /** A part of the network from which it was last used: `203.0.113.…`. */
    network: z.string().nullable(),
    lastUsedAt: Instant,
    /** The one that asks. */
    isThis: z.boolean(),
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof Device>

export const listDevices = {
  method: 'GET',
  url: '/auth/sessions',
  config: { access: 'user' },
  schema: {
    summary: 'Where one is signed in, the place used last first',
    tags: ['auth'],
    response: { 200: z.object({ items: z.array(Device) }) },
  },
} as const satisfies Contract

export const endDevice = {
  method: 'DELETE',
  url: '/auth/sessions/:id',
  config: { access: 'user' },
  schema: { summary: 'Sign one device out', tags: ['auth'], params: IdParams, response: { 204: Nothing } },
} as const satisfies Contract

export const endOtherDevices = {
  method: 'DELETE',
  url: '/auth/sessions',
  config: { access: 'user' },
  schema: { summary: 'Sign all other devices out', tags: ['auth'], response: { 204: Nothing } },
} as const satisfies Contract

export const unlockAccount = {
  method: 'POST',
  url: '/auth/unlock',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'Let this browser sign in, by the token of a letter, although strangers have tried the account',
    tags: ['auth'],
    body: z.strictObject({ token: LinkToken }),
    response: { 204: Nothing, 410: problem('link_used_up') },
  },
} as const satisfies Contract
