import type { Queryable } from '@pix/db/client.ts'
import { knownDevices, loginFailures, refreshTokens } from '@pix/db/schema/auth.ts'
import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { everywhere, keyOf, type Place } from './lockout.ts'

interface Account {
  id: string
  email: string
}

/** Whether failed sign-ins keep a place out that the account is known to use. */
export async function isLockedOut({ db, now }: Pick<Context, 'db' | 'now'>, account: Account): Promise<boolean> {
  const keys = await placesOf(db, account)
  const locked = and(inArray(loginFailures.key, keys), gt(loginFailures.lockedUntil, now()))
  return (await db.$count(loginFailures, locked)) > 0
}

/** Forgets what was counted against an account: by strangers together, and at the places that it is known to use. */
export async function forgetFailures({ db }: { db: Queryable }, account: Account): Promise<void> {
  const keys = [everywhere(account.email), ...(await placesOf(db, account))]
  await db.delete(loginFailures).where(inArray(loginFailures.key, keys))
}

/**
 * Names of the counts of its known browsers, of its sign-ins and of their networks. The rows hold no network, so that
 * those of others cannot be found.
 */
async function placesOf(db: Queryable, { id, email: address }: Account): Promise<string[]> {
  const tokens = await db
    .selectDistinct({ family: refreshTokens.familyId, network: refreshTokens.network })
    .from(refreshTokens)
    .where(eq(refreshTokens.userId, id))
  const known = await db
    .select({ device: knownDevices.tokenHash })
    .from(knownDevices)
    .where(eq(knownDevices.userId, id))
  const from: Place['from'][] = [
    ...known,
    ...tokens.map(({ family }) => ({ family })),
    ...tokens.flatMap(({ network }) => (network === null ? [] : [{ network }])),
  ]
  return [...new Set(from.map(one => keyOf({ address, from: one })))]
}
