import { createHash } from 'node:crypto'
import type { Db } from '@pix/db/client.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Buyer } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { callerOf } from './access.ts'
import { networkOf } from './network-of.ts'
import { isOldName, newSessionToken, sessionToken, setCookie } from './cookies.ts'

const BUYER = 'buyer'
const DAY_MS = 86_400_000

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Owns nothing: what a reader without a session sees. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * The visitor's session for a request that only reads. None is begun, none is prolonged, and no cookie is set: an answer
 * that comes late must not put another session over the one that a write began meanwhile.
 */
export async function readSession(deps: Deps, request: FastifyRequest): Promise<void> {
  const token = sessionToken(request)
  const found = token === null ? undefined : await findSession(deps, token)
  setBuyer(request, found ?? { id: NOBODY, createdAt: deps.now() })
}

/**
 * The visitor's session for a request that writes, begun where there is none: only the cookie's SHA-256 is stored. A
 * session that is written with lives on; its end is moved at most once a day.
 */
export async function ensureSession(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = sessionToken(request)
  const found = token === null ? undefined : await findSession(deps, token)
  const days = deps.settings.SESSION_DAYS
  const end = new Date(deps.now().getTime() + days * DAY_MS)
  if (found && token !== null) {
    const isDue = end.getTime() - found.expiresAt.getTime() > DAY_MS
    if (isDue) await prolong(deps, found.id, end)
    if (isDue || isOldName(deps.settings, request, 'session')) {
      setCookie(deps.settings, reply, 'session', { token, days })
    }
    return setBuyer(request, found)
  }
  const fresh = newSessionToken(deps.settings)
  const begun = { id: deps.newId(), createdAt: deps.now() }
  await deps.db.insert(sessions).values({ ...begun, tokenHash: hashToken(fresh), expiresAt: end })
  setCookie(deps.settings, reply, 'session', { token: fresh, days })
  setBuyer(request, begun)
}

function setBuyer(request: FastifyRequest, session: Pick<typeof sessions.$inferSelect, 'id' | 'createdAt'>): void {
  request.setDecorator(BUYER, {
    sessionId: session.id,
    since: session.createdAt,
    network: networkOf(request),
    userId: callerOf(request)?.userId ?? null,
  } satisfies Buyer)
}

/** Not of a session that a sign-out ended meanwhile. */
async function prolong({ db, now }: Deps, id: string, end: Date): Promise<void> {
  const alive = and(eq(sessions.id, id), gt(sessions.expiresAt, now()))
  await db.update(sessions).set({ expiresAt: end }).where(alive)
}

async function findSession({ db, now }: { db: Db; now: () => Date }, token: string) {
  const [found] = await db
    .select({ id: sessions.id, createdAt: sessions.createdAt, expiresAt: sessions.expiresAt })
    .from(sessions)
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
