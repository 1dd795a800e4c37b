import type { Db } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import type { ReadAccessToken } from './access-tokens.ts'
import type { RouteFacts } from './route-facts.ts'

const CALLER = 'caller'

interface SignedInCaller extends Caller {
  sessionVersion: number
}

/** Reads the access token, if a good one came. A bad one counts as none: only routes that need one refuse. */
export function identify(request: FastifyRequest, readToken: ReadAccessToken): void {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token === undefined) return
  const said = readToken(token)
  if (said === null) return request.log.debug('an access token was refused')
  request.setDecorator(CALLER, { userId: said.sub, role: said.role, sessionVersion: said.sv } satisfies SignedInCaller)
}

/** Who is signed in, or null. */
export function callerOf(request: FastifyRequest): Caller | null {
  return request.getDecorator<SignedInCaller | null>(CALLER)
}

/** Who is signed in, on routes whose contract needs somebody. */
export function signedIn(request: FastifyRequest): Caller {
  const caller = callerOf(request)
  if (!caller) throw new Problem('unauthorized')
  return caller
}

/**
 * Enforces a contract's `access`. An admin passes everywhere. The database must still agree with the token: role change,
 * ban, password change and logout bump `session_version`, and from then on the token counts as none. Where it only widens
 * what everybody may see, the answer is everybody's; where it is needed, or money moves, it is refused.
 */
export async function requireAccess(
  { db }: Deps,
  request: FastifyRequest,
  { access, idempotent }: Pick<RouteFacts, 'access' | 'idempotent'>,
): Promise<void> {
  const isOpen = access === 'public' || access === 'session'
  const caller = request.getDecorator<SignedInCaller | null>(CALLER)
  if (!caller) {
    if (isOpen) return
    throw new Problem('unauthorized')
  }
  const role = isOpen || access === 'user' ? caller.role : access
  if (caller.role !== role && caller.role !== 'admin') throw new Problem('forbidden')
  if (await stillHolds(db, caller)) return
  if (!isOpen || idempotent) throw new Problem('unauthorized')
  request.setDecorator(CALLER, null)
}

/** The token's session version and role are those of now, and its owner is not suspended. */
async function stillHolds(db: Db, caller: SignedInCaller): Promise<boolean> {
  const [user] = await db
    .select({ role: users.role, sessionVersion: users.sessionVersion, suspendedAt: users.suspendedAt })
    .from(users)
    .where(eq(users.id, caller.userId))
  if (!user || user.suspendedAt) return false
  return user.sessionVersion === caller.sessionVersion && user.role === caller.role
}
