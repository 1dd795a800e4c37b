import { hashToken } from '@pix/db/hash-token.ts'
import type { Db } from '@pix/db/client.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Buyer } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { isSignedIn, verifiedEmail } from '../base/session-user.ts'
import { networkOf } from './network-of.ts'
import { isOldName, newSessionToken, sessionToken, setCookie } from './cookies.ts'

const BUYER = 'buyer'
const DAY_MS = 86_400_000

const GUEST = { userId: null, email: null }

/** The id of no session, which owns nothing: it stands for a reader without a session. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * The visitor's session for a request that only reads. None is begun, none is prolonged, and no cookie is set: an answer
 * that comes late must not put another session over the one that a write began meanwhile.
 */
export async function readSession(deps: Deps, request: FastifyRequest): Promise<void> {
  const token = sessionToken(request)
  const found = token === null ? undefined : await findSession(deps, token)
  setBuyer(request, found ?? { id: NOBODY, createdAt: deps.now(), ...GUEST })
}

/**
 * The visitor's session for a request that writes, begun where there is none: only the cookie's SHA-256 is stored. A
 * session that is written with lives on; its end is moved at most once a day.
 */
export async function ensureSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = sessionToken(request)
  const found = token === null ? undefined : await findSession(deps, token)
  if (found && token !== null) {
    const end = sessionEnd(deps)
    const isDue = end.getTime() - found.expiresAt.getTime() > DAY_MS
    if (isDue) await prolong(deps, found.id, end)
    if (isDue || isOldName(deps.settings, request, 'session')) setSessionCookie(deps, reply, token)
    return setBuyer(request, found)
  }
  const begun = await beginSession(deps, reply)
  setBuyer(request, { ...begun, ...GUEST })
}

/** A new session and its cookie. */
export async function beginSession(
  deps: Deps,
  reply: FastifyReply,
  user: Pick<typeof sessions.$inferInsert, 'userId' | 'familyId'> = {},
): Promise<{ id: string; createdAt: Date }> {
  const token = newSessionToken(deps.settings)
  const begun = { id: deps.newId(), createdAt: deps.now() }
  await deps.db.insert(sessions).values({ ...begun, ...user, tokenHash: hashToken(token), expiresAt: sessionEnd(deps) })
  setSessionCookie(deps, reply, token)
  return begun
}

/** When a session ends that is written with now, unless an order was paid in it. */
export const sessionEnd = ({ now, settings }: Pick<Deps, 'now' | 'settings'>): Date =>
  new Date(now().getTime() + settings.SESSION_DAYS * DAY_MS)

/**
 * The row says when the session ends. A session in which an order is paid lives as long as its downloads, and no answer
 * brings the cookie then: so the cookie outlives both.
 */
export function setSessionCookie({ settings }: Pick<Deps, 'settings'>, reply: FastifyReply, token: string): void {
  const days = settings.SESSION_DAYS + settings.DOWNLOAD_DAYS + 1
  setCookie(settings, reply, 'session', { token, days })
}

type FoundSession = Pick<typeof sessions.$inferSelect, 'id' | 'createdAt'> & Pick<Buyer, 'userId' | 'email'>

function setBuyer(request: FastifyRequest, { id, createdAt, userId, email }: FoundSession): void {
  const network = networkOf(request)
  request.setDecorator(BUYER, { sessionId: id, since: createdAt, network, userId, email } satisfies Buyer)
}

/** Not of a session that a sign-out ended meanwhile. */
async function prolong({ db, now }: Deps, id: string, end: Date): Promise<void> {
  const alive = and(eq(sessions.id, id), gt(sessions.expiresAt, now()))
  await db.update(sessions).set({ expiresAt: end }).where(alive)
}

async function findSession({ db, now }: { db: Db; now: () => Date }, token: string) {
  const [found] = await db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      userId: users.id,
      email: verifiedEmail(),
    })
    .from(sessions)
    .leftJoin(users, isSignedIn(db, now()))
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now())))
  return found
}

/** Who buys, searches or fills a cart here; null on routes whose contract does not say `session`. */
export const findBuyer = (request: FastifyRequest): Buyer | null => request.getDecorator<Buyer | null>(BUYER)

/** The same where the contract says `session`. */
export function buyerOf(request: FastifyRequest): Buyer {
  const buyer = findBuyer(request)
  if (!buyer) throw new Problem('unauthorized')
  return buyer
}
