import { createHash } from 'node:crypto'
import { searches, searchMatches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { and, eq, gt, inArray, lte, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { recordAudit } from '../../base/audit.ts'
import type { Caller } from '../../base/caller.ts'
import type { Deps } from '../../base/deps.ts'
import { Problem } from '../../base/problem.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Who asks for people: a session, who is signed in there, and the network it comes from. */
export interface Asker {
  sessionId: string
  /** When the session began. */
  since: Date
  network: string
  caller: Caller | null
}

/**
 * Against searching for others (spec/20): so many different people in one event, session and day; who wants more signs
 * in, and every search from there on is a line for the admin. People are told apart by what was found, since no
 * embedding is kept: a search that found nobody surely counts for nothing. One that was withdrawn after it found somebody
 * goes on counting, as a person of its own.
 *
 * @throws Problem `too_many_people`
 */
export async function limitPeople(deps: Deps, asker: Asker, eventId: string): Promise<void> {
  const { db, now, settings } = deps
  const { caller, sessionId } = asker
  const found = await findPeople(deps, { sessionId, eventId, since: new Date(now().getTime() - DAY_MS) })
  const people = countPeople(found)
  if (people < settings.LIMIT_PEOPLE_PER_DAY) return refuseFullNetwork(deps, asker)
  if (caller) return recordAudit(db, caller.userId, 'faces.many_people', `event:${eventId}`, { people })
  throw tooManyToday(deps, found)
}

/**
 * Searches sent together are all begun before the first has found somebody: the results of one whose person is beyond
 * the day's number, counted in the order in which they were asked for, are not told.
 *
 * @throws Problem `too_many_people`
 */
export async function refuseBeyondPeople(deps: Deps, search: typeof searches.$inferSelect): Promise<void> {
  const { id: upTo, sessionId, eventId, createdAt } = search
  const since = new Date(createdAt.getTime() - DAY_MS)
  const found = await findPeople(deps, { sessionId, eventId, since, upTo })
  if (countPeople(found) > deps.settings.LIMIT_PEOPLE_PER_DAY) throw tooManyToday(deps, found)
}

type Found = Awaited<ReturnType<typeof findPeople>>

function tooManyToday({ now }: Deps, found: Found): Problem {
  const oldest = Math.min(...found.map(row => row.createdAt.getTime()))
  const leftMs = Math.max(oldest + DAY_MS - now().getTime(), 1_000)
  return new Problem('too_many_people', { retryAfterSeconds: Math.ceil(leftMs / 1_000) })
}

/**
 * What the searches of a session found; nothing where there are too few for it to matter.
 * @param upTo the last search that is looked at
 */
async function findPeople(
  { db, settings }: Deps,
  { sessionId, eventId, since, upTo }: { sessionId: string; eventId: string; since: Date; upTo?: string },
) {
  const within = (table: typeof searches | typeof withdrawnSearches): SQL =>
    and(
      eq(table.sessionId, sessionId),
      eq(table.eventId, eventId),
      gt(table.createdAt, since),
      upTo === undefined ? undefined : lte(table.id, upTo),
    )!
  const enough = sql`(select count(*) from ${searches} where ${within(searches)})
    + (select count(*) from ${withdrawnSearches} where ${within(withdrawnSearches)}) >= ${settings.LIMIT_PEOPLE_PER_DAY}`
  const seen = db
    .select({
      searchId: searches.id,
      // A face that is gone, since its photo was read again, is told apart from others by its photo.
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
      // Nobody else's face: what it found is forgotten.
      faceId: withdrawnSearches.id,
      band: sql<'sure' | 'likely' | 'maybe'>`'sure'::match_band`,
      createdAt: withdrawnSearches.createdAt,
    })
    .from(withdrawnSearches)
    .where(and(within(withdrawnSearches), enough))
  return unionAll(seen, withdrawn)
}

/** How many searches a session has asked for up to this one, withdrawn ones too, in all events and on all days. */
export const askedUpTo = (searchId: string, sessionId: string): SQL<number> => sql`(
  (select count(*) from searches s where s.session_id = ${sessionId} and s.id <= ${searchId})
  + (select count(*) from withdrawn_searches w where w.session_id = ${sessionId} and w.id <= ${searchId}))`

const isYoung = ({ now }: Deps, { since }: Asker): boolean => since.getTime() > now().getTime() - HOUR_MS

/** In Redis, for each network and hour: the people that young sessions were told of. */
const peopleKey = ({ now }: Deps, { network }: Asker): string =>
  `people:${createHash('sha256').update(network).digest('hex')}:${Math.floor(now().getTime() / HOUR_MS)}`

const fullNetwork = ({ now }: Deps): Problem =>
  new Problem('too_many_people', { retryAfterSeconds: Math.ceil((HOUR_MS - (now().getTime() % HOUR_MS)) / 1_000) })

/** A cookie thrown away begins anew, its network does not. With Redis away nobody is refused. */
async function refuseFullNetwork(deps: Deps, asker: Asker): Promise<void> {
  const { redis, settings } = deps
  if (asker.caller || !isYoung(deps, asker) || redis.status !== 'ready') return
  const people = await redis.scard(peopleKey(deps, asker)).catch(() => 0)
  if (people >= settings.LIMIT_IP_PEOPLE_PER_HOUR) throw fullNetwork(deps)
}

/**
 * Counts the person whom a search of a young session found for its network. The same person asked for again by the same
 * session, found by the same photos, counts once.
 *
 * @param surely the faces that were surely found
 * @throws Problem `too_many_people` for the one too many
 */
export async function countForNetwork(deps: Deps, asker: Asker, surely: readonly string[]): Promise<void> {
  const { redis, settings } = deps
  const [first] = surely.toSorted()
  if (first === undefined || asker.caller || !isYoung(deps, asker) || redis.status !== 'ready') return
  const key = peopleKey(deps, asker)
  const person = createHash('sha256').update(`${asker.sessionId} ${first}`).digest('base64url').slice(0, 22)
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
  throw fullNetwork(deps)
}

/**
 * How many people the searches were for, at the least: those that found a face in common were for one person, and only
 * those that found somebody surely count.
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
