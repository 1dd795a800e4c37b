import { LOST_FACTOR_DECISIONS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Locale } from './accounts.ts'
import { IdParams, Instant, Nothing, Reason, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const LostFactor = z
  .object({
    /** Before it nobody turns the factor off. */
    waitsUntil: Instant,
    /** Where the shop's people are reached: they ask who it is. */
    contact: z.string(),
  })
  .meta({ id: 'LostFactor' })
export type LostFactor = z.infer<typeof LostFactor>

/**
 * Only a person who passed the first step of a sign-in may report it: nobody else learns whether there is an account.
 */
export const reportLostFactor = {
  method: 'POST',
  url: '/auth/second-factor/lost',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary:
      'Say in a sign-in that waits for its code that app and recovery codes are lost. The owner gets a letter, and a person decides later',
    tags: ['auth'],
    body: z.strictObject({ locale: Locale }),
    response: { 200: LostFactor, 403: problem('sign_in_over') },
  },
} as const satisfies Contract

export const keepFactor = {
  method: 'POST',
  url: '/auth/second-factor/keep',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'End that by the token of the letter: the second factor stays',
    tags: ['auth'],
    body: z.strictObject({ token: Text.min(1).max(200) }),
    response: { 204: Nothing, 410: problem('link_used_up') },
  },
} as const satisfies Contract

export const keepOwnFactor = {
  method: 'POST',
  url: '/auth/second-factor/keep-own',
  config: { access: 'user' },
  schema: {
    summary: 'End that from a browser that is signed in: the second factor stays. Without a report nothing changes',
    tags: ['auth'],
    response: { 204: Nothing },
  },
} as const satisfies Contract

export const decideLostFactor = {
  method: 'POST',
  url: '/admin/inbox/lost_factor/:id/decide',
  config: { access: 'platform_admin', limit: 'login' },
  schema: {
    summary:
      'Turn a lost second factor off, with a code of one’s own, once its wait is over; or keep it. The reason says how its owner was known',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({
      decision: z.enum(LOST_FACTOR_DECISIONS),
      reason: Reason,
      /** A code of the admin who decides: needed to turn the factor off. */
      code: Text.max(40).optional(),
      locale: Locale,
    }),
    response: {
      204: Nothing,
      409: problem('taken_by_another', 'line_closed', 'illegal_state', 'second_factor_off'),
      422: problem('wrong_second_factor'),
      429: problem('account_locked', 'rate_limited'),
    },
  },
} as const satisfies Contract
