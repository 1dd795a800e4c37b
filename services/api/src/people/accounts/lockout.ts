import { createHash } from 'node:crypto'
import { loginFailures } from '@pix/db/schema/auth.ts'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'

/** Failures at which a place is locked. */
const FREE_FAILURES = 5
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 3_600_000
/** Failures of a place from which on the next try needs a solved captcha. */
const CAPTCHA_FAILURES = 3
/** One failure of a place is forgotten after an hour, and one more with each further hour. */
const FADE_MS = 3_600_000
/** Once strangers' networks together have this many failures of one account, every single failure locks its network. */
const MANY_FAILURES = 100
const MANY_FADE_MS = 900_000

/** Whose account is tried, and from where: a stranger's network, or a browser that signed in to this account before. */
export interface Place {
  address: string
  /** The network's address, the hash of the browser's token, or the family of its refresh token. */
  from: { network: string } | { device: string } | { family: string }
}

/** SHA-256, hex: neither e-mail addresses nor networks are stored. */
const hashOf = (...parts: string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** The same for every try on this account from this place. */
export const keyOf = ({ address, from }: Place): string => {
  if ('network' in from) return hashOf('network', address, from.network)
  return 'device' in from ? hashOf('device', address, from.device) : hashOf('family', address, from.family)
}

/** The same for all tries of strangers on this account. */
export const everywhere = (address: string): string => hashOf('everywhere', address)

/** How long a place is locked at so many failures: none below `free`, then 1, 2, 4 … minutes, at most an hour. */
export const lockMs = (failures: number, free = FREE_FAILURES): number =>
  failures < free ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - free), LONGEST_LOCK_MS)

/**
 * Counts a try as a failure before the password is looked at, so that tries sent together count like tries in a row. A
 * try that succeeds takes the count back with `forgive`. Nothing here knows whether the account exists.
 *
 * @returns whether this try, if it fails, has locked the place
 * @throws Problem `account_locked` with the seconds left
 */
export async function takeTry(ctx: Context, place: Place): Promise<boolean> {
  const { db, now } = ctx
  const key = keyOf(place)
  const free = (await isTriedFromManyPlaces(ctx, place)) ? 1 : FREE_FAILURES
  const { leftMs, locks } = await db.transaction(async tx => {
    await tx.insert(loginFailures).values({ key, fadesAt: now() }).onConflictDoNothing()
    const [row] = await tx.select().from(loginFailures).where(eq(loginFailures.key, key)).for('update')
    const at = now().getTime()
    const lockedMs = (row?.lockedUntil?.getTime() ?? 0) - at
    if (lockedMs > 0) return { leftMs: lockedMs, locks: false }
    const fadesAt = Math.max(row?.fadesAt.getTime() ?? 0, at) + FADE_MS
    const ms = lockMs(Math.ceil((fadesAt - at) / FADE_MS), free)
    const counted = { fadesAt: new Date(fadesAt), lockedUntil: ms > 0 ? new Date(at + ms) : null }
    await tx
      .insert(loginFailures)
      .values({ key, ...counted })
      .onConflictDoUpdate({ target: loginFailures.key, set: counted })
    return { leftMs: 0, locks: ms > 0 }
  })
  if (leftMs > 0) throw new Problem('account_locked', { retryAfterSeconds: Math.ceil(leftMs / 1000) })
  return locks
}

/**
 * Whether an account is tried from very many networks, each with its free tries. The account itself is never locked,
 * but then a network has one try instead of five: people who know the password need no second one.
 */
async function isTriedFromManyPlaces({ db, now }: Context, { address, from }: Place): Promise<boolean> {
  if (!('network' in from)) return false
  const [row] = await db
    .select()
    .from(loginFailures)
    .where(eq(loginFailures.key, everywhere(address)))
  return (row?.fadesAt.getTime() ?? 0) - now().getTime() > MANY_FAILURES * MANY_FADE_MS
}

/**
 * Whether a try needs a solved captcha: this place has failed before, or the account is tried from very many networks. The
 * same is read whether the account exists or not.
 */
export async function asksForCaptcha(ctx: Context, place: Place): Promise<boolean> {
  if (ctx.settings.CAPTCHA === 'off') return false
  const [row] = await ctx.db
    .select({ fadesAt: loginFailures.fadesAt })
    .from(loginFailures)
    .where(eq(loginFailures.key, keyOf(place)))
  const failures = Math.ceil(((row?.fadesAt.getTime() ?? 0) - ctx.now().getTime()) / FADE_MS)
  return failures >= CAPTCHA_FAILURES || (await isTriedFromManyPlaces(ctx, place))
}

/** Counts a failed try: for its place, and a stranger's also for the account. */
export async function countFailure({ db, now }: Context, { address, from }: Place): Promise<void> {
  if (!('network' in from)) return
  const at = now().getTime()
  const most = new Date(at + 2 * MANY_FAILURES * MANY_FADE_MS)
  const counted = sql`greatest(${loginFailures.fadesAt}, ${new Date(at)}) + ${MANY_FADE_MS / 1000}::int * interval '1 second'`
  await db
    .insert(loginFailures)
    .values({ key: everywhere(address), fadesAt: new Date(at + MANY_FADE_MS) })
    .onConflictDoUpdate({ target: loginFailures.key, set: { fadesAt: sql`least(${counted}, ${most})` } })
}

/** Forgets the count of a place, because a try succeeded. */
export async function forgive({ db }: Pick<Context, 'db'>, place: Place): Promise<void> {
  await db.delete(loginFailures).where(eq(loginFailures.key, keyOf(place)))
}

/** Forgets what strangers everywhere have collected against an account; each network keeps its own count. */
export async function forgetStrangers({ db }: Pick<Context, 'db'>, address: string): Promise<void> {
  await db.delete(loginFailures).where(eq(loginFailures.key, everywhere(address)))
}
