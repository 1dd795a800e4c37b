import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { recordAudit } from '../audit.ts'
import type { Caller } from '../caller.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'

const DAY_MS = 86_400_000

/**
 * Against searching for others (spec/20): so many different people in one event, session and day; who wants more signs
 * in, and every search from there on is a line for the admin. People are told apart by what was found, since no
 * embedding is kept: a search that found nobody surely counts for nothing, and a withdrawn one is forgotten.
 *
 * @throws Problem `too_many_people`
 */
export async function limitPeople(
  { db, now, settings }: Deps,
  sessionId: string,
  eventId: string,
  caller: Caller | null,
): Promise<void> {
  const most = settings.LIMIT_PEOPLE_PER_DAY
  const today = and(
    eq(searches.sessionId, sessionId),
    eq(searches.eventId, eventId),
    gt(searches.createdAt, new Date(now().getTime() - DAY_MS)),
  )
  const enough = sql`(select count(*) from ${searches} where ${today}) >= ${most}`
  const found = await db
    .select({
      searchId: searches.id,
      faceId: searchMatches.faceId,
      band: searchMatches.band,
      createdAt: searches.createdAt,
    })
    .from(searches)
    .innerJoin(searchMatches, eq(searchMatches.searchId, searches.id))
    .where(and(today, inArray(searchMatches.band, ['sure', 'likely']), enough))
  const people = countPeople(found)
  if (people < most) return
  if (caller) return recordAudit(db, caller.userId, 'faces.many_people', `event:${eventId}`, { people })
  const oldest = Math.min(...found.map(row => row.createdAt.getTime()))
  throw new Problem('too_many_people', { retryAfterSeconds: Math.ceil((oldest + DAY_MS - now().getTime()) / 1_000) })
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
