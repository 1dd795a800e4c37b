import { z } from 'zod'
import { IdParams, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

/** The buyer whose search it is. */
export const askFaceAlert = {
  method: 'POST',
  url: '/face/search/:id/alert',
  config: { access: 'session', limit: 'takedown' },
  schema: {
    summary:
      'Ask for one letter when a new photo of the person of a search appears. The face of the search is kept for it, encrypted. An address that is not known to be the caller’s gets a letter that confirms it first',
    tags: ['faces'],
    params: IdParams,
    body: z.strictObject({
      email: Email,
      locale: z.enum(['th', 'en']),
      /** The id of the wording that was agreed to; for the selfie of a child that of a child. */
      consent: Text.max(40),
      /** The id of the guardian's confirmation, for a child. */
      guardian: Text.max(40).nullable(),
    }),
    response: {
      /** `confirmed`: the address is the caller’s own. It says nothing about what was asked before. */
      202: z.object({ confirmed: z.boolean() }).meta({ id: 'FaceAlertAsked' }),
      404: problem('not_found'),
      409: problem('illegal_state', 'selfie_gone', 'face_search_off', 'too_many_face_alerts'),
      422: problem('consent_required', 'invalid_request'),
    },
  },
} as const satisfies Contract
