import { users } from '@pix/db/schema/auth.ts'
import { eq, sql } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { endFamily } from './refresh-tokens.ts'

/** Ends a sign-in. Access tokens that are still out stop working where the session version is checked. */
export async function signOut(deps: Deps, refreshToken: string): Promise<void> {
  const userId = await endFamily(deps, refreshToken)
  if (userId === null) return
  await deps.db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
}
