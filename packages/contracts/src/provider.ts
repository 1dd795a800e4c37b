import { z } from 'zod'
import { Locale } from './accounts.ts'
import { SignedIn } from './auth.ts'
import { LocalText, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { AskedAgain } from './second-factor.ts'
import { LOCKED } from './second-step.ts'

/**
 * Query of the address to which the provider sent the browser back, as it stands there, and the language of the letter
 * to the owner about a link.
 */
const Returned = z.strictObject({ search: Text.min(1).max(4000), locale: Locale })
/** The provider's page to go to. What belongs to this attempt stays in an HttpOnly cookie. */
const Begun = z.object({ url: z.string() })

const FAILED = {
  403: problem('provider_refused'),
  503: problem('provider_unavailable'),
}

export const readProvider = {
  method: 'GET',
  url: '/auth/provider',
  config: { access: 'public' },
  schema: {
    summary:
      'The provider (OpenID Connect) by which people may sign in; without a name there is none, as at the storefront of a studio',
    tags: ['auth'],
    response: { 200: z.object({ name: z.string().nullable() }).meta({ id: 'SignInProvider' }) },
  },
} as const satisfies Contract

export const beginAtProvider = {
  method: 'POST',
  url: '/auth/provider/begin',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'Begin a sign-in at the provider: the page to go to',
    tags: ['auth'],
    response: { 200: Begun, 404: problem('not_found'), 503: problem('provider_unavailable') },
  },
} as const satisfies Contract

export const finishAtProvider = {
  method: 'POST',
  url: '/auth/provider/finish',
  config: { duringMaintenance: true, access: 'public', limit: 'login' },
  schema: {
    summary: 'Sign in with what the provider sent the browser back with',
    tags: ['auth'],
    body: Returned,
    response: {
      200: SignedIn,
      403: problem('provider_refused', 'provider_email_unverified', 'second_factor_needed', 'sign_in_over'),
      404: problem('not_found'),
      409: problem('sign_in_to_link'),
      503: problem('provider_unavailable'),
    },
  },
} as const satisfies Contract

export const readProviderLink = {
  method: 'GET',
  url: '/auth/provider/link',
  config: { access: 'user' },
  schema: {
    summary:
      'Whether the provider opens this account. `from` is the slug of a studio from whose storefront somebody came to link it; `back` is where they go on there',
    tags: ['auth'],
    querystring: z.strictObject({ from: Text.max(63).optional() }),
    response: {
      200: z
        .object({
          name: z.string().nullable(),
          isLinked: z.boolean(),
          back: z.object({ name: LocalText, url: z.string() }).nullable(),
        })
        .meta({ id: 'ProviderLink' }),
    },
  },
} as const satisfies Contract

export const beginLink = {
  method: 'POST',
  url: '/auth/provider/link/begin',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'Begin to link the account with one of the provider: the page to go to',
    tags: ['auth'],
    body: z.strictObject({ password: AskedAgain }),
    response: {
      200: Begun,
      403: problem('email_not_verified'),
      404: problem('not_found'),
      422: problem('wrong_password'),
      429: LOCKED,
      503: problem('provider_unavailable'),
    },
  },
} as const satisfies Contract

export const finishLink = {
  method: 'POST',
  url: '/auth/provider/link',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'Link the account: from now on the provider opens it',
    tags: ['auth'],
    body: Returned,
    response: {
      204: Nothing,
      ...FAILED,
      403: problem('provider_refused', 'email_not_verified'),
      404: problem('not_found'),
      409: problem('identity_taken'),
    },
  },
} as const satisfies Contract

export const removeLink = {
  method: 'POST',
  url: '/auth/provider/unlink',
  config: { access: 'user', limit: 'login' },
  schema: {
    summary: 'The provider opens the account no more',
    tags: ['auth'],
    body: z.strictObject({ password: AskedAgain, locale: Locale }),
    response: { 204: Nothing, 404: problem('not_found'), 422: problem('wrong_password'), 429: LOCKED },
  },
} as const satisfies Contract
