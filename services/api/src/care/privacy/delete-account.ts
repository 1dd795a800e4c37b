import { accountEmail } from '@pix/contracts/email.ts'
import type { Queryable } from '@pix/db/client.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { accountTokens, knownDevices, refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { letterChoices } from '@pix/db/schema/letters.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { manyPeople, searches } from '@pix/db/schema/searches.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { reportChoices, studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, inArray, isNotNull, isNull, ne, not, notExists, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'
import { sendLetter } from '../../base/letters.ts'
import { confirmOwnCodeIfAny, confirmPasswordIfAny, type ShownBrowser } from '../../people/accounts/index.ts'
import { erasePayeeAccounts } from '../../money/payouts/index.ts'
import { keepingAnOwner } from '../../people/studios/index.ts'
import { payeesOf } from './collect-payouts.ts'
import { deletePhotos, deleteSearches, deleteStatements, isOrdered } from './delete-objects.ts'
import { queueDeletionLetter } from './forget-address.ts'
import { rowsNaming } from './rows-naming.ts'
import { forgetVisits } from './forget-visits.ts'
import { visitsOf } from './my-addresses.ts'

type User = typeof users.$inferSelect

/**
 * Deletes an account. These go: photos that nobody ordered, sign-ins, second factors, links with providers, the public
 * page, memberships and invitations, letters and requests; service keys end. Where its address was verified, bank
 * accounts go, and what guests left who bought with it. Its row keeps nothing but its id. These stay: tax certificates,
 * orders and their photos (tax law; the buyers own them), and lines of the audit and of consents, which name the id.
 *
 * @param given the password, asked again and counted as a sign-in; the e-mail address where the account has no
 *   password; and a code, where it has a second factor
 * @throws Problem `wrong_password`, `wrong_second_factor`, `account_locked`, or `last_owner` for the only owner of a
 *   studio and the only admin
 */
export async function deleteAccount(
  ctx: CallerContext,
  { password, code, locale }: { password: string; code?: string | undefined; locale: 'th' | 'en' },
  browser: ShownBrowser,
): Promise<void> {
  const { db } = ctx
  const user = await confirmPasswordIfAny(ctx, password, browser)
  // An account without a password is asked for its address. That is no secret, but keeps anybody from deleting an
  // account by mistake.
  if (user.passwordHash === null && accountEmail(password) !== user.email) throw new Problem('wrong_password')
  await refuseLastOwner(ctx, user)
  await refuseLastAdmin(ctx, user)
  await confirmOwnCodeIfAny(ctx, { code, locale })
  await deleteSearches(ctx, await searchesOfAccount(db, user))
  // Another owner or admin may have left since the questions above.
  const letterId = await keepingAnOwner(db.transaction(tx => emptyAccount({ ...ctx, db: tx }, user, locale)))
  if (letterId !== null) await sendLetter(ctx, letterId)
  await deleteStatements(ctx, eq(statementFiles.userId, user.id))
  await deletePhotos(ctx, unsold(db, eq(photos.photographerId, user.id)))
}

const unsold = (db: Queryable, which: SQL): SQL => and(which, not(isOrdered(db)))!

/**
 * Deletes photos and statements of deleted accounts that are still there: the deletion was killed, or a photo was
 * uploaded meanwhile.
 */
export async function deleteFilesOfDeleted(ctx: Context): Promise<void> {
  const deleted = ctx.db.select({ id: users.id }).from(users).where(isNotNull(users.deletedAt))
  await deletePhotos(ctx, unsold(ctx.db, inArray(photos.photographerId, deleted)))
  await deleteStatements(ctx, inArray(statementFiles.userId, deleted))
}

/** Visits that carry the account, and those in which a guest bought with its address. @returns ids of sessions */
async function visitsOfAccount(db: Queryable, { id, email, emailVerifiedAt }: User): Promise<string[]> {
  const own = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, id))
  // An address that was never verified may be read by somebody else.
  const asGuest = emailVerifiedAt === null ? [] : await visitsOf({ db }, [email])
  return [...own.map(session => session.id), ...asGuest]
}

/** Searches of the visits of an account, and those that its person asked for while signed in and then signed out. */
async function searchesOfAccount(db: Queryable, user: User): Promise<SQL> {
  const agreed = db.select({ id: consents.id }).from(consents).where(eq(consents.userId, user.id))
  return or(inArray(searches.sessionId, await visitsOfAccount(db, user)), inArray(searches.consentId, agreed))!
}

async function refuseLastOwner({ db }: CallerContext, user: User): Promise<void> {
  if ((await studiosOwnedAlone(db, user)).length > 0) throw new Problem('last_owner')
}

async function studiosOwnedAlone(db: Queryable, user: User): Promise<string[]> {
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

/** In a transaction, admins who delete their accounts at the same time wait for each other here. */
async function refuseLastAdmin({ db }: Pick<Joining<CallerContext>, 'db'>, user: User): Promise<void> {
  if (user.role !== 'platform_admin') return
  const admins = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'platform_admin'), isNull(users.suspendedAt)))
    .orderBy(users.id)
    .for('update')
  if (!admins.some(({ id }) => id !== user.id)) throw new Problem('last_owner')
}

async function emptyAccount(ctx: Joining<CallerContext>, user: User, locale: string): Promise<string | null> {
  const { db: tx } = ctx
  const { id: userId, email, emailVerifiedAt } = user
  await refuseLastAdmin(ctx, user)
  const visits = await visitsOfAccount(tx, user)
  await logDeletions(ctx, [
    ...(emailVerifiedAt === null ? [] : [{ kind: 'address' as const, rows: await rowsNaming(tx, email) }]),
    ...visits.map(sessionId => ({ kind: 'visit' as const, sessionId, userId: null, endsSession: false })),
    { kind: 'account', userId },
  ])
  await eraseAccount(ctx, user, visits)
  await recordAudit(ctx, 'account.delete', `user:${userId}`)
  return emailVerifiedAt === null ? null : queueDeletionLetter(ctx, tx, { email, locale })
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

async function eraseAccount(
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
