import { accountEmail } from '@pix/contracts/email.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { limitLetters } from './limit-letters.ts'
import type { Limiter } from './rate-limit.ts'

/** Bounds the letters that a studio's or an event's people can send to one address. */
export const limitInvitations = (app: FastifyInstance, deps: Deps): Limiter =>
  limitLetters(app, deps, async request => ({ place: keyOf(request), stranger: null }))

/** An invitation that is sent again counts under its own name: it has one address. */
function keyOf({ params, body }: FastifyRequest): string {
  const { id, invitationId } = params as { id: string; invitationId?: string }
  const { email = '' } = body as { email?: string }
  return hashToken(`invitation:${id}:${invitationId ?? accountEmail(email)}`)
}
