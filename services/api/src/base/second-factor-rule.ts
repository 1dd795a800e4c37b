import { users } from '@pix/db/schema/auth.ts'
import { lostSecondFactors, secondFactors } from '@pix/db/schema/second-factors.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { type SQL, sql } from 'drizzle-orm'
import type { Deps } from './deps.ts'

/** How long a sign-in whose first step was right waits for its code. */
export const CHALLENGE_MINUTES = 10

const DAY_MS = 86_400_000
/** Days from the first request that meets the requirement; after them only turning it on is possible (spec/80). */
const GRACE_DAYS = 7

/** SQL on a row of `users`: the account has to have a second factor. Platform admins and owners of a studio do. */
export const requiresSecondFactor: SQL<boolean> = sql<boolean>`(
  users.role = 'platform_admin'
  or exists (select 1 from ${studioMembers} m where m.user_id = users.id and m.role = 'owner')
)`

/** SQL on a row of `users`: the account has a second factor, which a code has confirmed. */
export const hasSecondFactor: SQL<boolean> = sql<boolean>`exists (
  select 1 from ${secondFactors} f where f.user_id = users.id and f.confirmed_at is not null
)`

/**
 * SQL on a row of `users`: until then nobody turns off the second factor that its owner reports as lost; null where no
 * loss is reported.
 */
const lostFactorWaitsUntil: SQL<Date | null> = sql<Date | null>`(
  select l.waits_until from ${lostSecondFactors} l where l.user_id = users.id
)`.mapWith(lostSecondFactors.waitsUntil)

/** When the days of grace end for an account that was first asked then. */
export const secondFactorDueAt = (requiredAt: Date): Date => new Date(requiredAt.getTime() + GRACE_DAYS * DAY_MS)

/** What is known of an account's second factor. */
export interface FactorState {
  isOn: boolean
  isRequired: boolean
  /** When the first request came that met the requirement; null before it. */
  requiredAt: Date | null
  /** Until when the factor that is reported as lost is not turned off; null where no loss is reported. */
  lostWaitsUntil: Date | null
}

/** The same facts as columns of a query on `users`. */
export const factorColumns = {
  isOn: hasSecondFactor,
  isRequired: requiresSecondFactor,
  requiredAt: users.secondFactorRequiredAt,
  lostWaitsUntil: lostFactorWaitsUntil,
}

/**
 * From when on an account can do nothing but turn its second factor on, as an ISO instant; null where it is on, or not
 * required. For an account that has sent no request yet the days begin now.
 */
export function factorDueAt(
  { settings, now }: Pick<Deps, 'settings' | 'now'>,
  { isOn, isRequired, requiredAt }: FactorState,
): string | null {
  if (settings.SECOND_FACTOR === 'optional' || isOn || !isRequired) return null
  return secondFactorDueAt(requiredAt ?? now()).toISOString()
}
