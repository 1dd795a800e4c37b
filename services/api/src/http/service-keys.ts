import type { Access } from '@pix/contracts/contract.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { users } from '@pix/db/schema/auth.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { hasStanding } from '@pix/domain/standing.ts'
import type { ServiceKeyScope } from '@pix/domain/words.ts'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { recordAudit } from '../base/audit.ts'
import type { Caller } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { deviceOf } from './device-of.ts'
import { patternOf } from './route-facts.ts'

/** What a key looks like: so that one that leaked is found by those who search code for such. */
export const SERVICE_KEY_FORMAT = 'pixkey_…'
const BEARER = /^Bearer (pixkey_[\w-]{43})$/i

/** The service key that came, whatever it is good for. */
export const serviceKeyOf = (request: FastifyRequest): string | null =>
  BEARER.exec(request.headers.authorization ?? '')?.[1] ?? null

interface Needed {
  key: string
  scope: ServiceKeyScope
  access: Access
}

/**
 * Whom a service key acts for: its maker, as far as they still own the key's studio or are a platform admin. Its use is
 * recorded.
 *
 * @throws Problem `unauthorized` for a key that is unknown, revoked or has expired, `forbidden` without the scope
 */
export async function readKeyCaller(deps: Deps, request: FastifyRequest, needed: Needed): Promise<Caller> {
  const { db, now } = deps
  const good = and(isNull(serviceKeys.revokedAt), gt(serviceKeys.expiresAt, now()))
  const ownsStudio = and(
    eq(studioMembers.studioId, serviceKeys.studioId),
    eq(studioMembers.userId, serviceKeys.createdBy),
    eq(studioMembers.role, 'owner'),
  )
  const [found] = await db
    .select({
      id: serviceKeys.id,
      studioId: serviceKeys.studioId,
      scopes: serviceKeys.scopes,
      makerId: users.id,
      makerRole: users.role,
      place: studioMembers.role,
    })
    .from(serviceKeys)
    .innerJoin(users, and(eq(users.id, serviceKeys.createdBy), isNull(users.suspendedAt)))
    .leftJoin(studioMembers, ownsStudio)
    .where(and(eq(serviceKeys.tokenHash, hashToken(needed.key)), good))
  const isPlatformAdmin = found?.makerRole === 'platform_admin'
  if (!found || !(isPlatformAdmin || found.place)) throw new Problem('unauthorized')
  const { id, studioId, makerId, place } = found
  const memberships = place && studioId ? [{ studioId, role: place }] : []
  const standing = { isPlatformAdmin, memberships, isPhotographer: false, isOrganizer: false }
  const caller = { userId: makerId, ...standing, key: { id, studioId } }
  if (!found.scopes.includes(needed.scope) || !mayCall(caller, needed.access)) throw new Problem('forbidden')
  await db.transaction(async tx => {
    await tx.update(serviceKeys).set({ lastUsedAt: now() }).where(eq(serviceKeys.id, id))
    const from = { ip: request.ip, device: deviceOf(request) }
    const facts = { scope: needed.scope, route: `${request.method} ${patternOf(request)}` }
    await recordAudit({ db: tx, caller, from, studioId }, 'service_key.use', `service_key:${id}`, facts)
  })
  return caller
}

const mayCall = (caller: Caller, access: Access): boolean =>
  access === 'public' || access === 'session' || hasStanding(caller, access)
