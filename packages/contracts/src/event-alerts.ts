import { z } from 'zod'
import { EventLink, IdParams, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** The token of the letter's link. */
const Link = z.strictObject({ token: Text.min(20).max(100) })

/** Anybody who sees an event that is on sale. */
export const askEventAlert = {
  method: 'POST',
  url: '/events/:id/alerts',
  config: { access: 'session', limit: 'takedown' },
  schema: {
    summary:
      'Ask for one letter when the photos of an event are announced. An address that is not known to be the caller’s gets a letter that confirms it first',
    tags: ['events'],
    params: IdParams,
    body: z.strictObject({ email: Email, locale: z.enum(['th', 'en']) }),
    response: {
      /** `confirmed`: the address is the caller’s own. It says nothing about what was asked before. */
      202: z.object({ confirmed: z.boolean() }).meta({ id: 'EventAlertAsked' }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const lookAtEventAlert = {
  method: 'POST',
  url: '/event-alerts/look',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'What the link of a letter about an event is for. Nothing is changed',
    tags: ['events'],
    body: Link,
    response: {
      200: z
        .object({
          event: EventLink,
          confirmed: z.boolean(),
          /** It waits for new photos of one person, whose face is kept for it. */
          ofFace: z.boolean(),
        })
        .meta({ id: 'EventAlert' }),
      410: problem('link_used_up'),
    },
  },
} as const satisfies Contract

export const confirmEventAlert = {
  method: 'POST',
  url: '/event-alerts/confirm',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Confirm by the link of its letter that the address wants the letter about the photos',
    tags: ['events'],
    body: Link,
    response: { 204: Nothing, 410: problem('link_used_up') },
  },
} as const satisfies Contract

export const withdrawEventAlert = {
  method: 'POST',
  url: '/event-alerts/withdraw',
  config: { access: 'public', limit: 'login' },
  schema: {
    summary: 'Withdraw an alert by the link of its letter. The address is deleted, and the face that was kept for it',
    tags: ['events'],
    body: Link,
    response: { 204: Nothing, 410: problem('link_used_up') },
  },
} as const satisfies Contract
