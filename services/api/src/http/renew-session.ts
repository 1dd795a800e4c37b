import { sessions } from '@pix/db/schema/auth.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { clearCookie, newSessionToken, sessionToken, setCookie } from './cookies.ts'
import { hashToken } from './session.ts'

/**
 * At sign-in: the visitor's session gets a new cookie, and the old one opens nothing any more, also for anybody else who knows it.
 * Its cart, searches and orders stay. Makes no session.
 */
export async function renewSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { db, now, settings } = deps
  const token = sessionToken(request)
  if (token === null) return
  const fresh = newSessionToken(settings)
  const days = settings.SESSION_DAYS
  const [renewed] = await db
    .update(sessions)
    .set({ tokenHash: hashToken(fresh), expiresAt: new Date(now().getTime() + days * 86_400_000) })
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now())))
    .returning({ id: sessions.id })
  if (renewed) setCookie(settings, reply, 'session', { token: fresh, days })
}

/** At sign-out: nobody reaches the session's cart, searches and orders by its cookie from here on. */
export async function endSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { db, now, settings } = deps
  const token = sessionToken(request)
  if (token === null) return
  await db
    .update(sessions)
    .set({ expiresAt: now() })
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now())))
  clearCookie(settings, reply, 'session')
}
