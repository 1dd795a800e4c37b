import { accountTokens, knownDevices, refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { carts } from '@pix/db/schema/cart.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { orders, orderTaxData } from '@pix/db/schema/orders.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { takedownRequests } from '@pix/db/schema/takedowns.ts'
import { manyPeople, searches } from '@pix/db/schema/searches.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, eq, inArray, isNull, ne, not, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { recordAudit } from '../../base/audit.ts'
import { isStanding, withdrawConsents } from '../../base/consents.ts'
import type { CallerContext, Joining } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { forgetObjectors } from '../../catalogue/faces/index.ts'
import { sendLetter } from '../../base/letters.ts'
import { passwordFits } from '../../people/accounts/index.ts'
import { keepingAnOwner } from '../../people/studios/index.ts'
import { forgetAddress, tellDeleted } from './forget-address.ts'
import { deletePhotos, deleteSearches, isOrdered } from './delete-objects.ts'

/**
 * Deletes an account: its photos that nobody ordered, sign-ins, second factors, links with providers, memberships and
 * invitations, letters and requests go, its service keys end, and its row keeps nothing but its id. What stays: orders and their photos (tax law; the buyers own
 * them), audit lines and the ledger of consents, which name the id.
 *
 * @param wish the password, asked again; of an account without one, its e-mail address
 * @throws Problem `wrong_password`, or `last_owner` for the only owner of a studio and the only admin
 */
export async function deleteAccount(
  ctx: CallerContext,
  { password, locale }: { password: string; locale: 'th' | 'en' },
): Promise<void> {
  const { db, caller } = ctx
  const [user] = await db.select().from(users).where(eq(users.id, caller.userId))
  if (!user || user.deletedAt) throw notFound()
  const isThem =
    user.passwordHash === null
      ? password.trim().toLowerCase() === user.email
      : await passwordFits(user.passwordHash, password)
  if (!isThem) throw new Problem('wrong_password')
  await refuseLastOwner(ctx, user)
  const own = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, user.id))
  await deleteSearches(ctx, inArray(searches.sessionId, own))
  // Another owner may have left since the question above.
  const letterId = await keepingAnOwner(db.transaction(tx => emptyAccount({ ...ctx, db: tx }, user, locale)))
  if (letterId !== null) await sendLetter(ctx, letterId)
  await deletePhotos(ctx, and(eq(photos.photographerId, user.id), not(isOrdered(db)))!)
}

async function refuseLastOwner({ db }: CallerContext, user: typeof users.$inferSelect): Promise<void> {
  const others = alias(studioMembers, 'others')
  const another = db
    .select({ one: sql`1` })
    .from(others)
    .where(and(eq(others.studioId, studioMembers.studioId), eq(others.role, 'owner'), ne(others.userId, user.id)))
  const alone = await db
    .select({ id: studioMembers.studioId })
    .from(studioMembers)
    .where(and(eq(studioMembers.userId, user.id), eq(studioMembers.role, 'owner'), notExists(another)))
  if (alone.length > 0) throw new Problem('last_owner')
  if (user.role !== 'platform_admin') return
  const admins = await db.$count(
    users,
    and(eq(users.role, 'platform_admin'), isNull(users.suspendedAt), ne(users.id, user.id)),
  )
  if (admins === 0) throw new Problem('last_owner')
}

async function emptyAccount(
  ctx: Joining<CallerContext>,
  { id: userId, email, emailVerifiedAt }: typeof users.$inferSelect,
  locale: string,
): Promise<string | null> {
  const { db: tx, now } = ctx
  const waysIn = [refreshTokens, accountTokens, knownDevices, secondFactors, identities]
  for (const table of [...waysIn, studioMembers, eventPhotographers, inboxTakes, manyPeople])
    await tx.delete(table).where(eq(table.userId, userId))
  const here = tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, userId))
  await forgetObjectors({ db: tx }, or(eq(objections.userId, userId), inArray(objections.sessionId, here))!)
  await tx
    .update(serviceKeys)
    .set({ revokedAt: now() })
    .where(and(eq(serviceKeys.createdBy, userId), isNull(serviceKeys.revokedAt)))
  await tx
    .update(takedownRequests)
    .set({ sessionId: null, statement: null, email: null, erasedAt: now() })
    .where(inArray(takedownRequests.sessionId, here))
  // Of an address that was never verified, others may be the reader.
  if (emailVerifiedAt !== null) await forgetAddress(ctx, email)
  await tx.delete(carts).where(eq(carts.userId, userId))
  // What the documents of paid orders print is kept with them.
  const ordered = tx
    .select({ id: orders.id })
    .from(orders)
    .where(or(eq(orders.userId, userId), eq(orders.buyerEmail, email)))
  await tx.delete(orderTaxData).where(inArray(orderTaxData.orderId, ordered))
  await tx.update(sessions).set({ userId: null }).where(eq(sessions.userId, userId))
  await tx.update(organizers).set({ userId: null }).where(eq(organizers.userId, userId))
  const standing = await tx
    .select({ id: consents.id })
    .from(consents)
    .where(and(eq(consents.userId, userId), isStanding(tx)))
  // No browser does it: the line names the account alone.
  const buyer = { sessionId: userId, since: now(), network: '', userId, email: null }
  await withdrawConsents(
    { ...ctx, buyer },
    standing.map(({ id }) => id),
  )
  await recordAudit(ctx, 'account.delete', `user:${userId}`)
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
  return emailVerifiedAt === null ? null : tellDeleted(tx, ctx, { email, locale })
}
