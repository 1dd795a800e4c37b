import type { Queryable } from '@pix/db/client.ts'
import { knownDevices, users } from '@pix/db/schema/auth.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { hashToken } from '@pix/db/hash-token.ts'

/** Browsers that signed in to an account before are known to it, also after they signed out. */
export async function rememberDevice(
  { db, now }: Pick<Context, 'now'> & { db: Queryable },
  userId: string,
  deviceToken: string,
) {
  const lastSignInAt = now()
  await db
    .insert(knownDevices)
    .values({ userId, tokenHash: hashToken(deviceToken), lastSignInAt })
    .onConflictDoUpdate({ target: [knownDevices.userId, knownDevices.tokenHash], set: { lastSignInAt } })
}

/** Whether this browser signed in to the account of this address before. */
export async function isKnownDevice({ db }: Pick<Context, 'db'>, address: string, deviceToken: string) {
  const [known] = await db
    .select({ userId: knownDevices.userId })
    .from(knownDevices)
    .innerJoin(users, and(eq(users.id, knownDevices.userId), eq(users.email, address)))
    .where(eq(knownDevices.tokenHash, hashToken(deviceToken)))
  return known !== undefined
}

/** Forgets all browsers of an account: somebody else may have used one of them. */
export async function forgetDevices(tx: Queryable, userId: string): Promise<void> {
  await tx.delete(knownDevices).where(eq(knownDevices.userId, userId))
}
