import type { Access } from '@pix/contracts/contract.ts'
import type { Queryable } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { hasStanding } from '@pix/domain/standing.ts'
import type { ServiceKeyScope } from '@pix/domain/words.ts'
import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { recordAudit } from '../base/audit.ts'
import type { Caller } from '../base/caller.ts'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { deviceOf } from './device-of.ts'
import { dueColumns, isSecondFactorDue } from '../base/due-factor.ts'
import { patternOf } from './route-facts.ts'

/** The format of a key. Scanners for secrets find a leaked key by its prefix. */
export const SERVICE_KEY_FORMAT = 'pixkey_…'
const BEARER = /^Bearer (pixkey_[\w-]{43})$/i

/** When it was last used is exact to so long. */
const USE_MS = 60_000

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
 * @throws Problem `unauthorized` for a key that is unknown, revoked or has expired, `forbidden` without the scope,
 *   `second_factor_required` once its maker may do nothing but turn one on
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
      lastUsedAt: serviceKeys.lastUsedAt,
      makerId: users.id,
      makerRole: users.role,
      ...dueColumns,
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
  if (await isSecondFactorDue(deps, makerId, found)) throw new Problem('second_factor_required')
  await recordUse(deps, request, { caller, scope: needed.scope, lastUsedAt: found.lastUsedAt })
  return caller
}

interface Use {
  caller: Caller & { key: { id: string; studioId: string | null } }
  scope: ServiceKeyScope
  lastUsedAt: Date | null
}

/**
 * Records when the key was last used, and writes a line of the audit where the last hour has none of this key and
 * route.
 */
async function recordUse(
  { db, now }: Deps,
  request: FastifyRequest,
  { caller, scope, lastUsedAt }: Use,
): Promise<void> {
  const { id, studioId } = caller.key
  const usedBefore = new Date(now().getTime() - USE_MS)
  if (lastUsedAt === null || lastUsedAt <= usedBefore) {
    const isOld = or(isNull(serviceKeys.lastUsedAt), lte(serviceKeys.lastUsedAt, usedBefore))
    await db
      .update(serviceKeys)
      .set({ lastUsedAt: now() })
      .where(and(eq(serviceKeys.id, id), isOld))
  }
  const [subject, route] = [`service_key:${id}`, `${request.method} ${patternOf(request)}`]
  const isThisUse = and(
    eq(auditEvents.subject, subject),
    eq(auditEvents.action, 'service_key.use'),
    gt(auditEvents.createdAt, sql`now() - interval '1 hour'`),
    sql`${auditEvents.detail}->>'route' = ${route}`,
  )
  const isRecorded = async (from: Queryable) =>
    (await from.select({ id: auditEvents.id }).from(auditEvents).where(isThisUse).limit(1)).length > 0
  if (await isRecorded(db)) return
  await db.transaction(async tx => {
    // Requests that come at once write one line: each asks again once it has the lock.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${subject} ${route}`}, 0))`)
    if (await isRecorded(tx)) return
    const from = { ip: request.ip, device: deviceOf(request) }
    await recordAudit({ db: tx, caller, from, studioId }, 'service_key.use', subject, { scope, route })
  })
}

const mayCall = (caller: Caller, access: Access): boolean =>
  access === 'public' || access === 'session' || hasStanding(caller, access)
