import { hashToken } from '@pix/db/hash-token.ts'
import { refreshTokens, sessions } from '@pix/db/schema/auth.ts'
import { and, eq, gt, isNull, ne, or, sql } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { clearCookie, newSessionToken, sessionToken } from './cookies.ts'
import { beginSession, sessionEnd, setSessionCookie } from './session.ts'

/**
 * At sign-in: the visitor's session carries the user from here on. It gets a new cookie, and the old one opens nothing any
 * more, also for anybody else who knows it. Its searches and orders stay. A browser without a session gets one, and so does
 * one whose session carries somebody else: what they searched and bought is not shown to who signs in after them.
 *
 * @param refreshToken that the sign-in was given
 */
export async function renewSession(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  refreshToken: string,
): Promise<void> {
  const user = await userOf(deps, refreshToken)
  if ((await bindSession(deps, request, reply, user)) !== 'bound') await beginSession(deps, reply, user)
}

/**
 * At a refresh: a session that was begun before its browser's sign-in was known carries its user from here on, also by
 * a new cookie. A session that carries this sign-in already stays as it is. A new session is begun only in place of one
 * of somebody else.
 */
export async function adoptSession(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  refreshToken: string,
): Promise<void> {
  if (sessionToken(request) === null) return
  const user = await userOf(deps, refreshToken)
  if ((await bindSession(deps, request, reply, user, { isNew: true })) === 'of_another')
    await beginSession(deps, reply, user)
}

interface SignIn {
  userId: string
  familyId: string
}

async function userOf({ db }: Deps, refreshToken: string): Promise<SignIn> {
  const [found] = await db
    .select({ userId: refreshTokens.userId, familyId: refreshTokens.familyId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(refreshToken)))
  if (!found) throw new Error('a sign-in without its refresh token')
  return found
}

/**
 * @param isNew leaves a session alone that has this sign-in
 * @returns `left` where the cookie opens no session, or one that is left alone; `of_another` where it
 *   opened somebody else's, which has ended
 */
async function bindSession(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { userId, familyId }: SignIn,
  { isNew = false } = {},
): Promise<'bound' | 'left' | 'of_another'> {
  const token = sessionToken(request)
  if (token === null) return 'left'
  const fresh = newSessionToken(deps.settings)
  const expiresAt = sql`greatest(${sessions.expiresAt}, ${sessionEnd(deps)})`
  const other = or(isNull(sessions.familyId), ne(sessions.familyId, familyId))
  const mine = and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, deps.now()))
  const [found] = await deps.db.select({ userId: sessions.userId }).from(sessions).where(mine)
  if (found && found.userId !== null && found.userId !== userId) {
    await end(deps, token)
    return 'of_another'
  }
  const [renewed] = await deps.db
    .update(sessions)
    .set({ tokenHash: hashToken(fresh), expiresAt, userId, familyId })
    .where(and(mine, isNew ? other : undefined))
    .returning({ id: sessions.id })
  if (!renewed) return 'left'
  setSessionCookie(deps, reply, fresh)
  return 'bound'
}

/** At sign-out: nobody reaches the session's cart, searches and orders by its cookie from here on. */
export async function endSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = sessionToken(request)
  if (token === null) return
  await end(deps, token)
  clearCookie(deps.settings, reply, 'session')
}

const end = ({ db, now }: Deps, token: string) =>
  db
    .update(sessions)
    .set({ expiresAt: now(), userId: null, familyId: null })
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now())))
