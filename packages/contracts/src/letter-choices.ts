import { z } from 'zod'
import { Nothing } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** Which letters about their work somebody gets. */
export const LetterChoices = z
  .object({
    /** At seven, what was sold since yesterday morning. */
    morning: z.boolean(),
    /** At once, when the first photo of an event is sold. */
    firstSale: z.boolean(),
    /** At seven, which photos and files of cameras were refused. */
    refused: z.boolean(),
    /** At seven, what was sold at the events that the caller organizes. */
    organized: z.boolean(),
    locale: z.enum(['th', 'en']),
  })
  .meta({ id: 'LetterChoices' })
export type LetterChoices = z.infer<typeof LetterChoices>

export const readLetterChoices = {
  method: 'GET',
  url: '/me/letters',
  config: { access: 'user' },
  schema: {
    summary: 'Which letters about their work the caller gets, also as long as they have chosen nothing',
    tags: ['photographers'],
    response: { 200: LetterChoices },
  },
} as const satisfies Contract

export const changeLetterChoices = {
  method: 'PUT',
  url: '/me/letters',
  config: { access: 'user' },
  schema: {
    summary: 'Choose which letters about their work the caller gets, and in which language',
    tags: ['photographers'],
    body: z.strictObject(LetterChoices.shape),
    response: { 200: LetterChoices },
  },
} as const satisfies Contract

/** What the link below a letter brings. */
const Link = z.strictObject({
  token: z
    .string()
    .min(20)
    .max(200)
    .regex(/^[\w.-]+$/),
})

export const stopLetters = {
  method: 'POST',
  url: '/letters/stop',
  config: { access: 'public', bytes: { type: 'application/x-www-form-urlencoded', optional: true } },
  schema: {
    summary:
      'End letters of a kind by the link below one of them, without a sign-in. Mail programs post here by themselves (RFC 8058)',
    tags: ['photographers'],
    querystring: Link,
    response: { 204: Nothing, 410: problem('link_used_up') },
  },
} as const satisfies Contract

export const openStopPage = {
  method: 'GET',
  url: '/letters/stop',
  config: { access: 'public' },
  schema: {
    summary: 'The same address in a browser: redirects to the page that asks first. Nothing is changed',
    tags: ['photographers'],
    querystring: Link,
    response: { 302: z.null() },
  },
} as const satisfies Contract
