import { Search, type Search as SearchState } from '@pix/contracts/faces.ts'
import { isFound } from '@pix/db/hidden-faces.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { searchedBy } from '../../base/caller.ts'
import type { BuyerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'

export type SearchRow = typeof searches.$inferSelect

/** @throws Problem `not_found` for a search of another buyer: nobody else learns that it exists */
export async function findOwnSearch({ db, buyer }: BuyerContext, searchId: string): Promise<SearchRow> {
  const [search] = await db
    .select()
    .from(searches)
    .where(and(eq(searches.id, searchId), searchedBy(buyer, searches)))
  if (!search) throw notFound()
  return search
}

/** How far a search is; counts are of photos on sale at this moment. */
export async function readSearch(ctx: BuyerContext, searchId: string): Promise<SearchState> {
  const search = await findOwnSearch(ctx, searchId)
  return describeSearch(search, search.state === 'done' ? await countMatches(ctx, searchId) : undefined)
}

/** The version stamp of each search: the last transaction of its row. */
export async function stampSearches({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: searches.id, stamp: sql<string>`${searches}.xmin::text` })
    .from(searches)
    .where(inArray(searches.id, [...ids]))
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

const NONE: SearchState['counts'] = { sure: 0, likely: 0, maybe: 0 }

async function countMatches({ db, buyer }: BuyerContext, searchId: string): Promise<SearchState['counts']> {
  const rows = await db
    .select({ band: searchMatches.band, count: count() })
    .from(searchMatches)
    .innerJoin(photos, and(eq(photos.id, searchMatches.photoId), eq(photos.approval, 'approved')))
    .where(and(eq(searchMatches.searchId, searchId), eq(searchMatches.hidden, false), isFound(db, buyer)))
    .groupBy(searchMatches.band)
  return { ...NONE, ...Object.fromEntries(rows.map(row => [row.band, row.count])) }
}

const ProblemOfSearch = Search.shape.problem.unwrap()

/** A search's row in the form of the contract. @param counts left out while the search has no result */
export function describeSearch(search: SearchRow, counts = NONE): SearchState {
  return {
    id: search.id,
    eventId: search.eventId,
    state: search.state,
    problem:
      search.problemCode === null
        ? null
        : ProblemOfSearch.parse({ code: search.problemCode, hints: search.problemHints }),
    faces: search.state === 'choose_face' ? search.faceBoxes.map((box, index) => ({ index, box })) : [],
    photoCount: search.photoCount,
    counts,
    liveUntil: search.liveUntil?.toISOString() ?? null,
    createdAt: search.createdAt.toISOString(),
  }
}
