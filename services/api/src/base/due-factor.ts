import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Deps } from './deps.ts'
import { hasSecondFactor, requiresSecondFactor, secondFactorDueAt } from './second-factor-rule.ts'

/** Columns of a query on `users` by which `isSecondFactorDue` decides. */
export const dueColumns = {
  requiredAt: users.secondFactorRequiredAt,
  lacksFactor: sql<boolean>`${requiresSecondFactor} and not ${hasSecondFactor}`,
}

/**
 * Whether an account's days of grace are over: then it has to turn the second factor on before anything else. Its first
 * request begins them.
 */
export async function isSecondFactorDue(
  deps: Pick<Deps, 'db' | 'settings' | 'now'>,
  userId: string,
  { requiredAt, lacksFactor }: { requiredAt: Date | null; lacksFactor: boolean },
): Promise<boolean> {
  if (deps.settings.SECOND_FACTOR === 'optional' || !lacksFactor) return false
  return deps.now() >= secondFactorDueAt(requiredAt ?? (await beginGrace(deps, userId)))
}

/** The first request of an account that has to have a second factor: its days of grace run from here. */
async function beginGrace({ db, now }: Pick<Deps, 'db' | 'now'>, userId: string): Promise<Date> {
  const at = now()
  const isFirst = and(eq(users.id, userId), isNull(users.secondFactorRequiredAt))
  await db.update(users).set({ secondFactorRequiredAt: at }).where(isFirst)
  return at
}
