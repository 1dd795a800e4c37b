import { accountEmail } from '@pix/contracts/email.ts'
import type { Queryable } from '@pix/db/client.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { statementFiles } from '@pix/db/schema/statements.ts'
import { and, eq, inArray, isNotNull, isNull, not, type SQL } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { sendLetter } from '../../base/letters.ts'
import { confirmOwnCodeIfAny, confirmPasswordIfAny, type ShownBrowser } from '../../people/accounts/index.ts'
import { keepingAnOwner } from '../../people/studios/index.ts'
import { deletePhotos, deleteSearches, deleteStatements, isOrdered } from './delete-objects.ts'
import { queueDeletionLetter } from './forget-address.ts'
import { rowsNaming } from './rows-naming.ts'
import { eraseAccount, searchesOfAccount, studiosOwnedAlone, visitsOfAccount, type User } from './erase-account.ts'

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

async function refuseLastOwner({ db }: CallerContext, user: User): Promise<void> {
  if ((await studiosOwnedAlone(db, user)).length > 0) throw new Problem('last_owner')
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
