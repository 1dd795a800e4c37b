import type { Db } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { hasStanding } from '@pix/domain/standing.ts'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { standingColumns } from '../base/standing.ts'
import type { AccessToken, ReadAccessToken } from './access-tokens.ts'
import type { RouteFacts } from './route-facts.ts'

const CALLER = 'caller'
const TOKEN = 'accessToken'

/** Reads the access token, if a good one came. A bad one counts as none: only routes that need one refuse. */
export function identify(request: FastifyRequest, readToken: ReadAccessToken): void {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token === undefined) return
  const said = readToken(token)
  if (said === null) return request.log.debug('an access token was refused')
  request.setDecorator(TOKEN, said)
}

/** Whose access token came, before the database was asked whether it still holds: for counting alone. */
export const tokenUserOf = (request: FastifyRequest): string | null =>
  request.getDecorator<AccessToken | null>(TOKEN)?.sub ?? null

/** Who is signed in, or null. */
export function callerOf(request: FastifyRequest): Caller | null {
  return request.getDecorator<Caller | null>(CALLER)
}

/** Who is signed in, on routes whose contract needs somebody. */
export function signedIn(request: FastifyRequest): Caller {
  const caller = callerOf(request)
  if (!caller) throw new Problem('unauthorized')
  return caller
}

/**
 * Enforces a contract's `access`: the standing that it names, somewhere. The database must still agree with the token:
 * role change, suspension, password change and logout bump `session_version`, and from then on the token counts as none.
 * Where it only widens what everybody may see, the answer is everybody's; where it is needed, or money moves, it is refused.
 */
export async function requireAccess(
  { db }: Deps,
  request: FastifyRequest,
  { access, idempotent }: Pick<RouteFacts, 'access' | 'idempotent'>,
): Promise<void> {
  const isOpen = access === 'public' || access === 'session'
  const token = request.getDecorator<AccessToken | null>(TOKEN)
  const caller = token && (await readCaller(db, token))
  if (!caller) {
    if (isOpen && !(token && idempotent)) return
    throw new Problem('unauthorized')
  }
  if (!isOpen && !hasStanding(caller, access)) throw new Problem('forbidden')
  request.setDecorator(CALLER, caller)
}

/** Whose token it is, with their standing of now; null where the token no longer holds, or its owner is suspended. */
async function readCaller(db: Db, token: AccessToken): Promise<Caller | null> {
  const [user] = await db
    .select({
      role: users.role,
      sessionVersion: users.sessionVersion,
      suspendedAt: users.suspendedAt,
      ...standingColumns,
    })
    .from(users)
    .where(eq(users.id, token.sub))
  if (!user || user.suspendedAt || user.sessionVersion !== token.sv || user.role !== token.role) return null
  const { isPhotographer, isOrganizer } = user
  const memberships = user.memberships.map(({ studio, role }) => ({ studioId: studio.id, role }))
  const isPlatformAdmin = user.role === 'platform_admin'
  return { userId: token.sub, isPlatformAdmin, memberships, isPhotographer, isOrganizer }
}
