import { TAKEDOWN_REASONS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'

const TakedownReason = z.enum(TAKEDOWN_REASONS)
export type TakedownReason = z.infer<typeof TakedownReason>

/** Letters of a statement. */
export const STATEMENT_MAX = 1_000

/** Anybody in a picture asks, without an account. */
export const askTakedown = {
  method: 'POST',
  url: '/takedowns',
  config: { access: 'session', limit: 'takedown' },
  schema: {
    summary: 'Ask for a photo to be taken down; answers with a number to name. Asked again it is the same number',
    tags: ['photos'],
    body: z.strictObject({
      photoId: Id,
      reason: TakedownReason,
      statement: Text.trim().min(1).max(STATEMENT_MAX).optional(),
      /** Gets a letter on the decision. */
      email: Email.optional(),
      locale: z.enum(['th', 'en']),
    }),
    response: {
      201: z.object({ number: z.string() }),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
