import { createHmac, randomBytes } from 'node:crypto'
import type { Queryable } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { refreshTokens, users } from '@pix/db/schema/auth.ts'
import { and, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'

const DAY_MS = 86_400_000
/** Two tabs that wake together both refresh: within this time the second gets the same successor (spec/80). */
const GRACE_MS = 20_000

export type SignedInUser = Pick<
  typeof users.$inferSelect,
  'id' | 'email' | 'name' | 'role' | 'sessionVersion' | 'emailVerifiedAt' | 'passwordHash'
>

/** Where a sign-in is used: what the client calls itself, and the network it comes from. */
export interface Browser {
  device: string
  network: string
}

/** The successor follows from the token itself, so that it can be given twice without being stored. */
const successorOf = (secret: string, token: string): string =>
  createHmac('sha256', secret).update(`refresh:${token}`).digest('base64url')

async function store(ctx: Context, tx: Queryable, token: string, row: { userId: string; familyId: string } & Browser) {
  const expiresAt = new Date(ctx.now().getTime() + ctx.settings.REFRESH_DAYS * DAY_MS)
  const tokenHash = hashToken(token)
  await tx.insert(refreshTokens).values({ id: ctx.newId(), tokenHash, expiresAt, createdAt: ctx.now(), ...row })
}

/** Begins a family: one sign-in on one device. @returns the token for the cookie; only its hash is stored */
export async function beginFamily(ctx: Context, tx: Queryable, userId: string, browser: Browser): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await store(ctx, tx, token, { userId, familyId: ctx.newId(), ...browser })
  return token
}

/**
 * Swaps a refresh token for its successor. A token that was swapped before is in two hands: the family ends for both,
 * except within the grace time on the same device while its successor is the newest.
 *
 * @returns null when the person must sign in again
 */
export async function rotate(
  ctx: Context,
  token: string,
  browser: Browser,
): Promise<{ token: string; user: SignedInUser } | null> {
  const { db, now, settings } = ctx
  return db.transaction(async tx => {
    const [found] = await tx
      .select({ row: refreshTokens, user: users })
      .from(refreshTokens)
      .innerJoin(users, eq(users.id, refreshTokens.userId))
      .where(eq(refreshTokens.tokenHash, hashToken(token)))
      .for('update', { of: refreshTokens })
    if (!found || found.row.revokedAt || found.row.expiresAt <= now() || found.user.suspendedAt) return null
    const { row, user } = found
    if (row.rotatedAt) {
      const graceful = now().getTime() - row.rotatedAt.getTime() < GRACE_MS && row.device === browser.device
      const successor = graceful ? await givenSuccessor(ctx, tx, token) : null
      if (successor !== null) return { token: successor, user }
      await revokeFamily(tx, row.familyId, now())
      return null
    }
    const successor = successorOf(settings.JWT_SECRET, token)
    await tx.update(refreshTokens).set({ rotatedAt: now() }).where(eq(refreshTokens.id, row.id))
    await store(ctx, tx, successor, { userId: row.userId, familyId: row.familyId, ...browser })
    return { token: successor, user }
  })
}

/**
 * The successor that was given first, perhaps under a key that has been replaced since.
 * @returns null when it was swapped as well: two tabs that woke together have both got it by then, so this is reuse
 */
async function givenSuccessor({ settings }: Context, tx: Queryable, token: string): Promise<string | null> {
  const { JWT_SECRET, JWT_PREVIOUS_SECRETS } = settings
  const possible = [JWT_SECRET, ...JWT_PREVIOUS_SECRETS].map(secret => successorOf(secret, token))
  const stored = await tx
    .select({ hash: refreshTokens.tokenHash, rotatedAt: refreshTokens.rotatedAt })
    .from(refreshTokens)
    .where(inArray(refreshTokens.tokenHash, possible.map(hashToken)))
  for (const successor of possible) {
    const given = stored.find(({ hash }) => hash === hashToken(successor))
    if (given) return given.rotatedAt === null ? successor : null
  }
  throw new Error('a rotated token has no successor')
}

/** The family of a refresh token that still signs this account in, or null. */
export async function familyOf({ db, now }: Context, token: string, address: string): Promise<string | null> {
  const [found] = await db
    .select({ familyId: refreshTokens.familyId })
    .from(refreshTokens)
    .innerJoin(users, and(eq(users.id, refreshTokens.userId), eq(users.email, address)))
    .where(
      and(
        eq(refreshTokens.tokenHash, hashToken(token)),
        isNull(refreshTokens.rotatedAt),
        isNull(refreshTokens.revokedAt),
        gt(refreshTokens.expiresAt, now()),
      ),
    )
  return found?.familyId ?? null
}

/** Ends a sign-in on the server, whichever of its tokens is shown. @returns whose it was */
export async function endFamily({ db, now }: Context, token: string): Promise<string | null> {
  const [row] = await db
    .select()
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashToken(token)))
  if (!row) return null
  await revokeFamily(db, row.familyId, now())
  return row.revokedAt ? null : row.userId
}

/** Ends the sign-ins of an account, all or all but one, as part of a transaction. One that is under way waits for its end. */
export async function endFamilies(
  { now }: Pick<Context, 'now'>,
  db: Queryable,
  userId: string,
  kept: string | null = null,
): Promise<void> {
  await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  const open = and(eq(refreshTokens.userId, userId), isNull(refreshTokens.revokedAt))
  const others = kept === null ? open : and(open, ne(refreshTokens.familyId, kept))
  await db.update(refreshTokens).set({ revokedAt: now() }).where(others)
}

async function revokeFamily(db: Queryable, familyId: string, at: Date): Promise<void> {
  await db
    .update(refreshTokens)
    .set({ revokedAt: at })
    .where(and(eq(refreshTokens.familyId, familyId), isNull(refreshTokens.revokedAt)))
}
