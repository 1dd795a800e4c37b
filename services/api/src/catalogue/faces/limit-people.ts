import { createHash } from 'node:crypto'
import type { Tx } from '@pix/db/client.ts'
import { manyPeople, searches, searchMatches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { and, eq, gt, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { recordAudit } from '../../base/audit.ts'
import { type Buyer, ownedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Limits searches for other people (spec/20): one session may find a number of different people in one event and day.
 * To find more a person signs in with a verified address; every search from there on is a line for the admin. No
 * embedding is kept, so people are distinguished by the faces that were found. A search that surely found nobody does
 * not count. A search that was withdrawn after it found somebody goes on counting as a person of its own.
 *
 * @throws Problem `too_many_people`
 */
export async function limitPeople(ctx: BuyerContext, eventId: string): Promise<void> {
  const { db, now, settings, caller } = ctx
  const found = await findPeople(ctx, { eventId, since: new Date(now().getTime() - DAY_MS) })
  const people = countPeople(found)
  if (people < settings.LIMIT_PEOPLE_PER_DAY) return refuseFullNetwork(ctx)
  if (!caller || !(await hasVerifiedEmail(ctx))) throw tooManyToday(ctx, found)
  await db.transaction(async tx => {
    await recordAudit({ ...ctx, db: tx }, 'faces.many_people', `event:${eventId}`, { people })
    await reportToAdmin(ctx, tx, { eventId, userId: caller.userId, people })
  })
}

/** One open line for a person and an event: the next searches are added to it. */
async function reportToAdmin(
  { now, newId }: Pick<BuyerContext, 'now' | 'newId'>,
  tx: Tx,
  found: { eventId: string; userId: string; people: number },
): Promise<void> {
  const at = now()
  await tx
    .insert(manyPeople)
    .values({ id: newId(), ...found, firstAt: at, lastAt: at })
    .onConflictDoUpdate({
      target: [manyPeople.eventId, manyPeople.userId],
      targetWhere: isNull(manyPeople.seenAt),
      set: { people: found.people, searches: sql`${manyPeople.searches} + 1`, lastAt: at },
    })
}

/**
 * Searches that are sent together all begin before the first has found somebody. They count in the order in which they
 * were asked for, and the results of those beyond the day's number are refused.
 *
 * @throws Problem `too_many_people`
 */
export async function refuseBeyondPeople(ctx: BuyerContext, search: typeof searches.$inferSelect): Promise<void> {
  const { id: upTo, eventId, createdAt } = search
  const since = new Date(createdAt.getTime() - DAY_MS)
  const found = await findPeople(ctx, { eventId, since, upTo })
  if (countPeople(found) > ctx.settings.LIMIT_PEOPLE_PER_DAY) throw tooManyToday(ctx, found)
}

type Found = Awaited<ReturnType<typeof findPeople>>

function tooManyToday({ now }: BuyerContext, found: Found): Problem {
  const oldest = Math.min(...found.map(row => row.createdAt.getTime()))
  const leftMs = Math.max(oldest + DAY_MS - now().getTime(), 1_000)
  return new Problem('too_many_people', { retryAfterSeconds: Math.ceil(leftMs / 1_000) })
}

/**
 * What the searches of a buyer found; nothing where there are too few for it to matter.
 * @param upTo the last search that is looked at
 */
async function findPeople(
  { db, settings, buyer }: BuyerContext,
  { eventId, since, upTo }: { eventId: string; since: Date; upTo?: string },
) {
  const within = (table: typeof searches | typeof withdrawnSearches): SQL =>
    and(
      ownedBy(buyer, table),
      eq(table.eventId, eventId),
      gt(table.createdAt, since),
      upTo === undefined ? undefined : lte(table.id, upTo),
    )!
  const enough = sql`(select count(*) from ${searches} where ${within(searches)})
    + (select count(*) from ${withdrawnSearches} where ${within(withdrawnSearches)}) >= ${settings.LIMIT_PEOPLE_PER_DAY}`
  const seen = db
    .select({
      searchId: searches.id,
      // A face whose photo was read again is gone: its photo distinguishes it from others.
      faceId: sql<string>`coalesce(${searchMatches.faceId}, ${searchMatches.photoId})`,
      band: searchMatches.band,
      createdAt: searches.createdAt,
    })
    .from(searches)
    .innerJoin(searchMatches, eq(searchMatches.searchId, searches.id))
    .where(and(within(searches), inArray(searchMatches.band, ['sure', 'likely']), enough))
  const withdrawn = db
    .select({
      searchId: withdrawnSearches.id,
      // A withdrawn search counts as a face of its own, since what it found is deleted.
      faceId: withdrawnSearches.id,
      band: sql<'sure' | 'likely' | 'maybe'>`'sure'::match_band`,
      createdAt: withdrawnSearches.createdAt,
    })
    .from(withdrawnSearches)
    .where(and(within(withdrawnSearches), enough))
  return unionAll(seen, withdrawn)
}

/** How many searches a buyer has asked for up to this one, withdrawn ones too, in all events and on all days. */
export function askedUpTo(buyer: Buyer, searchId: string): SQL<number> {
  const upTo = (table: typeof searches | typeof withdrawnSearches) =>
    sql`(select count(*) from ${table} where ${and(ownedBy(buyer, table), lte(table.id, searchId))})`
  return sql`(${upTo(searches)} + ${upTo(withdrawnSearches)})`
}

const isYoung = ({ now, buyer }: BuyerContext): boolean => buyer.since.getTime() > now().getTime() - HOUR_MS

/** The key in Redis, for each network and hour, of the people whom young sessions have found. */
const peopleKey = ({ now, buyer }: BuyerContext): string =>
  `people:${createHash('sha256').update(buyer.network).digest('hex')}:${Math.floor(now().getTime() / HOUR_MS)}`

const fullNetwork = ({ now }: BuyerContext): Problem =>
  new Problem('too_many_people', { retryAfterSeconds: Math.ceil((HOUR_MS - (now().getTime() % HOUR_MS)) / 1_000) })

/**
 * Refuses a network whose young sessions have found too many people: a visitor may delete the cookie, but not change
 * the network. While Redis is away nobody is refused.
 */
async function refuseFullNetwork(ctx: BuyerContext): Promise<void> {
  const { redis, settings } = ctx
  if (!isYoung(ctx) || redis.status !== 'ready' || (await hasVerifiedEmail(ctx))) return
  const people = await redis.scard(peopleKey(ctx)).catch(() => 0)
  if (people >= settings.LIMIT_IP_PEOPLE_PER_HOUR) throw fullNetwork(ctx)
}

/**
 * Counts the person whom a search of a young session found, for the session's network. When the same session finds the
 * same person again, by the same photos, that counts once.
 *
 * @param surely the faces that were surely found
 * @throws Problem `too_many_people` for the one too many
 */
export async function countForNetwork(ctx: BuyerContext, surely: readonly string[]): Promise<void> {
  const { redis, settings, buyer } = ctx
  const [first] = surely.toSorted()
  if (first === undefined || !isYoung(ctx) || redis.status !== 'ready') return
  const key = peopleKey(ctx)
  const person = createHash('sha256').update(`${buyer.sessionId} ${first}`).digest('base64url').slice(0, 22)
  const answers = await redis
    .multi()
    .sadd(key, person)
    .scard(key)
    .pexpire(key, 2 * HOUR_MS)
    .exec()
    .catch(() => null)
  const [added, people] = answers?.map(([, count]) => Number(count)) ?? []
  if (added !== 1 || (people ?? 0) <= settings.LIMIT_IP_PEOPLE_PER_HOUR) return
  await redis.srem(key, person).catch(() => 0)
  throw fullNetwork(ctx)
}

/**
 * The least number of people for whom the searches were. Searches that found a face in common were for one person; only
 * those that surely found somebody count.
 */
export function countPeople(
  found: readonly { searchId: string; faceId: string; band: 'sure' | 'likely' | 'maybe' }[],
): number {
  const parent = new Map<string, string>()
  const rootOf = (node: string): string => {
    let root = node
    for (let above = parent.get(root); above !== undefined; above = parent.get(root)) root = above
    return root
  }
  for (const { searchId, faceId } of found) {
    const [a, b] = [rootOf(`search ${searchId}`), rootOf(`face ${faceId}`)]
    if (a !== b) parent.set(a, b)
  }
  const sure = found.filter(({ band }) => band === 'sure')
  return new Set(sure.map(({ searchId }) => rootOf(`search ${searchId}`))).size
}
