import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '@pix/db/client.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Buyer } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'
import { callerOf } from './access.ts'

export const SESSION_COOKIE = 'pix_session'
const BUYER = 'buyer'
const DAY_MS = 86_400_000
const TOKEN = /^[A-Za-z0-9_-]{43}$/

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The visitor's cookie where it has the right form; says nothing about a row. */
export function sessionToken(request: FastifyRequest): string | null {
  const token = request.cookies[SESSION_COOKIE]
  return token !== undefined && TOKEN.test(token) ? token : null
}

/**
 * Finds the visitor's session, or begins one: only the cookie's SHA-256 is stored. A session that is used lives on; its
 * end is moved at most once a day.
 */
export async function ensureSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = sessionToken(request)
  const found = token === null ? undefined : await findSession(deps, token)
  const end = new Date(deps.now().getTime() + deps.settings.SESSION_DAYS * DAY_MS)
  if (found && token !== null) {
    if (end.getTime() - found.expiresAt.getTime() > DAY_MS) {
      await deps.db.update(sessions).set({ expiresAt: end }).where(eq(sessions.id, found.id))
      setSessionCookie(deps, reply, token)
    }
    request.setDecorator(BUYER, { sessionId: found.id, userId: callerOf(request)?.userId ?? null } satisfies Buyer)
    return
  }
  const fresh = randomBytes(32).toString('base64url')
  const id = deps.newId()
  await deps.db.insert(sessions).values({ id, tokenHash: hashToken(fresh), createdAt: deps.now(), expiresAt: end })
  setSessionCookie(deps, reply, fresh)
  request.setDecorator(BUYER, { sessionId: id, userId: callerOf(request)?.userId ?? null } satisfies Buyer)
}

async function findSession({ db, now }: { db: Db; now: () => Date }, token: string) {
  const [found] = await db
    .select({ id: sessions.id, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now())))
  return found
}

function setSessionCookie({ settings }: Deps, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.PUBLIC_ORIGIN.startsWith('https:'),
    maxAge: settings.SESSION_DAYS * (DAY_MS / 1000),
  })
}

/** Who buys, searches or fills a cart here. Only on routes whose contract says `session`. */
export function buyerOf(request: FastifyRequest): Buyer {
  const buyer = request.getDecorator<Buyer | null>(BUYER)
  if (!buyer) throw new Problem('unauthorized')
  return buyer
}
