import { createHash } from 'node:crypto'
import { users } from '@pix/db/schema/auth.ts'
import { eq, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'

const FREE_FAILURES = 5
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 86_400_000

/** How long an account is locked after this many failures in a row: none up to 4, then 1, 2, 4 … minutes, at most a day. */
export const lockMs = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_MS)

const decoyKey = (email: string): string => `login:unknown:${createHash('sha256').update(email).digest('hex')}`

/**
 * Refuses while locked, before the password is looked at. Addresses without an account are counted too (in Redis, by
 * hash), so that the lock does not tell which exist.
 */
export async function refuseLocked({ now, redis }: Deps, email: string, lockedUntil: Date | null | undefined) {
  const until =
    lockedUntil === undefined
      ? Number((await redis.hget(decoyKey(email), 'until').catch(() => null)) ?? 0)
      : (lockedUntil?.getTime() ?? 0)
  const leftMs = until - now().getTime()
  if (leftMs > 0) throw new Problem('account_locked', { retryAfterSeconds: Math.ceil(leftMs / 1000) })
}

/** Counts one failure of the account, or of the address when there is none. */
export async function countFailure({ db, now, redis }: Deps, email: string, userId: string | null): Promise<void> {
  if (userId !== null) {
    await db.transaction(async tx => {
      const [user] = await tx
        .update(users)
        .set({ failedLogins: sql`${users.failedLogins} + 1` })
        .where(eq(users.id, userId))
        .returning({ failures: users.failedLogins })
      const ms = lockMs(user?.failures ?? 0)
      if (ms > 0)
        await tx
          .update(users)
          .set({ lockedUntil: new Date(now().getTime() + ms) })
          .where(eq(users.id, userId))
    })
    return
  }
  const key = decoyKey(email)
  try {
    const ms = lockMs(await redis.hincrby(key, 'failures', 1))
    if (ms > 0) await redis.hset(key, 'until', now().getTime() + ms)
    await redis.pexpire(key, LONGEST_LOCK_MS)
  } catch {
    // With Redis away an unknown address is not locked; it has no password to guess either.
  }
}
