import type { Queryable } from '@pix/db/client.ts'
import { accountTokens, knownDevices, refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { letterChoices } from '@pix/db/schema/letters.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { manyPeople, searches } from '@pix/db/schema/searches.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { reportChoices, studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, inArray, isNull, ne, notExists, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context, Joining } from '../../base/context.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'
import { erasePayeeAccounts } from '../../money/payouts/index.ts'
import { payeesOf } from './collect-payouts.ts'
import { deleteSearches } from './delete-objects.ts'
import { forgetVisits } from './forget-visits.ts'
import { visitsOf } from './my-addresses.ts'

export type User = typeof users.$inferSelect

/** Visits that carry the account, and those in which a guest bought with its address. @returns ids of sessions */
export async function visitsOfAccount(db: Queryable, { id, email, emailVerifiedAt }: User): Promise<string[]> {
  const own = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, id))
  // An address that was never verified may be read by somebody else.
  const asGuest = emailVerifiedAt === null ? [] : await visitsOf({ db }, [email])
  return [...own.map(session => session.id), ...asGuest]
}

/** Searches of the visits of an account, and those that its person asked for while signed in and then signed out. */
export async function searchesOfAccount(db: Queryable, user: User): Promise<SQL> {
  const agreed = db.select({ id: consents.id }).from(consents).where(eq(consents.userId, user.id))
  return or(inArray(searches.sessionId, await visitsOfAccount(db, user)), inArray(searches.consentId, agreed))!
}

export async function studiosOwnedAlone(db: Queryable, user: User): Promise<string[]> {
  const others = alias(studioMembers, 'others')
  const another = db
    .select({ one: sql`1` })
    .from(others)
    .where(and(eq(others.studioId, studioMembers.studioId), eq(others.role, 'owner'), ne(others.userId, user.id)))
  const alone = await db
    .select({ id: studioMembers.studioId })
    .from(studioMembers)
    .where(and(eq(studioMembers.userId, user.id), eq(studioMembers.role, 'owner'), notExists(another)))
  return alone.map(({ id }) => id)
}

/**
 * Deletes an account again in a restored database; its searches are deleted before. Nobody is asked and no letter is
 * written. Where the restored database has no other owner of a studio, the empty account stays its owner.
 *
 * @returns whether it was there
 */
export async function eraseAgain(ctx: Joining<Context>, userId: string): Promise<boolean> {
  const { db: tx } = ctx
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .for('update')
  if (!user) return false
  await eraseAccount(ctx, user, await visitsOfAccount(tx, user), await studiosOwnedAlone(tx, user))
  return true
}

/** Deletes the searches of an account that is still there. @returns how many */
export async function deleteSearchesOfAccount(ctx: Context, userId: string): Promise<number> {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId))
  return user ? deleteSearches(ctx, await searchesOfAccount(ctx.db, user)) : 0
}

/**
 * Deletes everything of an account in the transaction that it joins. Its row keeps nothing but its id.
 *
 * @param visits ids of sessions, as `visitsOfAccount` says them
 * @param keptStudios where it stays a member
 */
export async function eraseAccount(
  ctx: Joining<Context>,
  { id: userId, email, emailVerifiedAt }: User,
  visits: readonly string[],
  keptStudios: readonly string[] = [],
): Promise<void> {
  const { db: tx, now } = ctx
  const waysIn = [refreshTokens, accountTokens, knownDevices, secondFactors, identities]
  for (const table of [...waysIn, eventPhotographers, inboxTakes, manyPeople, portfolios, reportChoices, letterChoices])
    await tx.delete(table).where(eq(table.userId, userId))
  await tx
    .delete(studioMembers)
    .where(and(eq(studioMembers.userId, userId), notInArray(studioMembers.studioId, [...keptStudios])))
  await forgetObjectors({ db: tx }, eq(objections.userId, userId))
  await tx
    .update(serviceKeys)
    .set({ revokedAt: now() })
    .where(and(eq(serviceKeys.createdBy, userId), isNull(serviceKeys.revokedAt)))
  // There is no browser here: the lines of the ledger name the account alone.
  const buyer = { sessionId: userId, since: now(), network: '', userId, email: null }
  await forgetVisits(
    { ...ctx, buyer },
    { visits, userId, email: emailVerifiedAt === null ? null : email, orders: eq(orders.userId, userId) },
  )
  await tx.update(sessions).set({ userId: null }).where(eq(sessions.userId, userId))
  await erasePayeeAccounts(tx, await payeesOf(ctx, userId), now())
  await tx.update(organizers).set({ userId: null, name: '' }).where(eq(organizers.userId, userId))
  await tx
    .update(users)
    .set({
      email: `${userId}@deleted.invalid`,
      name: '',
      passwordHash: null,
      emailVerifiedAt: null,
      suspendedAt: now(),
      deletedAt: now(),
      sessionVersion: sql`${users.sessionVersion} + 1`,
    })
    .where(eq(users.id, userId))
}
