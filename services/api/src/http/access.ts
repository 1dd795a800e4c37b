import { users } from '@pix/db/schema/auth.ts'
import { hasStanding } from '@pix/domain/standing.ts'
import { eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { standingColumns } from '../base/standing.ts'
import type { AccessToken, ReadAccessToken } from './access-tokens.ts'
import { dueColumns, isSecondFactorDue } from '../base/due-factor.ts'
import type { RouteFacts } from './route-facts.ts'
import { readKeyCaller, serviceKeyOf } from './service-keys.ts'

const CALLER = 'caller'
const NOBODY = { caller: null, isFactorDue: false }
const TOKEN = 'accessToken'

/** Reads the access token, if a good one came. A bad one counts as none: only routes that need one refuse. */
export function identify(request: FastifyRequest, readToken: ReadAccessToken): void {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token === undefined) return
  const said = readToken(token)
  if (said === null) return request.log.debug('an access token was refused')
  request.setDecorator(TOKEN, said)
}

/**
 * The user of the access token that came, before the database was asked whether it still holds: good for counting
 * alone.
 */
export const tokenUserOf = (request: FastifyRequest): string | null =>
  request.getDecorator<AccessToken | null>(TOKEN)?.sub ?? null

/** Who is signed in, or null. */
export function callerOf(request: FastifyRequest): Caller | null {
  return request.getDecorator<Caller | null>(CALLER)
}

/** The caller, on routes whose contract needs somebody signed in. */
export function signedIn(request: FastifyRequest): Caller {
  const caller = callerOf(request)
  if (!caller) throw new Problem('unauthorized')
  return caller
}

/**
 * Enforces a contract's `access`: the caller has the standing that it names, in some studio or event. The token must
 * still agree with the database: a change of role, a suspension, a new password and a sign-out raise `session_version`,
 * and from then on the token counts as none. Where the token only widens what everybody may see, the answer is then
 * everybody's; where it is needed, or money moves, it is refused. A service key counts where the contract names a
 * scope, and for nothing elsewhere.
 */
export async function requireAccess(
  deps: Deps,
  request: FastifyRequest,
  facts: Pick<RouteFacts, 'access' | 'idempotent' | 'beforeSecondFactor' | 'scope'>,
): Promise<void> {
  const { access, idempotent, beforeSecondFactor, scope } = facts
  const key = serviceKeyOf(request)
  if (key !== null && scope !== undefined)
    return request.setDecorator(CALLER, await readKeyCaller(deps, request, { key, scope, access }))
  const isOpen = access === 'public' || access === 'session'
  const token = request.getDecorator<AccessToken | null>(TOKEN)
  const { caller, isFactorDue } = token ? await readCaller(deps, token) : NOBODY
  if (!caller) {
    if (isOpen && !(token && idempotent)) return
    throw new Problem('unauthorized')
  }
  if (!isOpen && !hasStanding(caller, access)) throw new Problem('forbidden')
  if (isFactorDue && !beforeSecondFactor) {
    if (!isOpen || idempotent) throw new Problem('second_factor_required')
    return
  }
  request.setDecorator(CALLER, caller)
}

/**
 * Whose token it is, with their standing of now, and whether they have to turn the second factor on before anything else.
 * The caller is null where the token no longer holds, or its owner is suspended.
 */
async function readCaller(deps: Deps, token: AccessToken): Promise<{ caller: Caller | null; isFactorDue: boolean }> {
  const [user] = await deps.db
    .select({
      role: users.role,
      sessionVersion: users.sessionVersion,
      suspendedAt: users.suspendedAt,
      ...dueColumns,
      ...standingColumns,
    })
    .from(users)
    .where(eq(users.id, token.sub))
  if (!user || user.suspendedAt || user.sessionVersion !== token.sv || user.role !== token.role) return NOBODY
  const { isPhotographer, isOrganizer } = user
  const memberships = user.memberships.map(({ studio, role }) => ({ studioId: studio.id, role }))
  const isPlatformAdmin = user.role === 'platform_admin'
  const caller = { userId: token.sub, isPlatformAdmin, memberships, isPhotographer, isOrganizer }
  return { caller, isFactorDue: await isSecondFactorDue(deps, token.sub, user) }
}
