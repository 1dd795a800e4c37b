import { randomBytes } from 'node:crypto'
import { eq, lte } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { hashToken } from './hash-token.ts'
import { newId } from './ids.ts'
import { users } from './schema/auth.ts'
import { setupLinks } from './schema/setup-links.ts'

const LIFE_MS = 24 * 3_600_000

/** Whether the installation has a platform admin, suspended or not. */
export async function hasPlatformAdmin(db: Queryable): Promise<boolean> {
  const [admin] = await db.select({ id: users.id }).from(users).where(eq(users.role, 'platform_admin')).limit(1)
  return admin !== undefined
}

/**
 * A link by which the first platform admin is made, good for a day and for one use. Earlier links stay good: another
 * api may have printed one.
 *
 * @returns null where there is an admin already
 */
export async function makeSetupLink(db: Queryable, origin: string, now: Date): Promise<string | null> {
  if (await hasPlatformAdmin(db)) return null
  await db.delete(setupLinks).where(lte(setupLinks.expiresAt, now))
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + LIFE_MS)
  await db.insert(setupLinks).values({ id: newId(), tokenHash: hashToken(token), createdAt: now, expiresAt })
  return `${origin}/setup#${token}`
}
