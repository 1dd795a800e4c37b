import type { Access } from '@pix/contracts/contract.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'
import type { ReadAccessToken } from './access-tokens.ts'

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
 * Enforces a contract's `access`. An admin passes everywhere. Where a role is asked for, the database must still agree
 * with the token: role change, ban, password change and logout bump `session_version`.
 */
export async function requireAccess(deps: Deps, request: FastifyRequest, access: Access): Promise<void> {
  if (access === 'public' || access === 'session') return
  const caller = request.getDecorator<SignedInCaller | null>(CALLER)
  if (!caller) throw new Problem('unauthorized')
  if (access === 'user') return
  if (caller.role !== access && caller.role !== 'admin') throw new Problem('forbidden')
  await requireFresh(deps, request)
}

/** The token's session version and role still hold; asked for roles, and for money of somebody signed in. */
export async function requireFresh({ db }: Deps, request: FastifyRequest): Promise<void> {
  const caller = request.getDecorator<SignedInCaller | null>(CALLER)
  if (!caller) return
  const [user] = await db
    .select({ role: users.role, sessionVersion: users.sessionVersion, suspendedAt: users.suspendedAt })
    .from(users)
    .where(eq(users.id, caller.userId))
  const holds = user && user.sessionVersion === caller.sessionVersion && user.role === caller.role && !user.suspendedAt
  if (!holds) throw new Problem('unauthorized')
}
