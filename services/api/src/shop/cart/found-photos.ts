import type { Queryable } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches, searches } from '@pix/db/schema/searches.ts'
import type { QuoteSearch } from '@pix/domain/cover-by-search.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Buyer, searchedBy } from '../../base/caller.ts'

export interface Found {
  /** By event: the buyer's searches with what they found in it. */
  searches: ReadonlyMap<string, QuoteSearch[]>
  /** By photo of those asked for: the searches that found it. */
  byPhoto: ReadonlyMap<string, string[]>
}

/**
 * What the buyer's searches in these events found, surely or likely, less what the buyer took out and what is not sold: it
 * decides what their Unlimiteds pay for.
 */
export async function foundPhotos(
  db: Queryable,
  buyer: Buyer,
  eventIds: readonly string[],
  photoIds: readonly string[],
): Promise<Found> {
  const asked = sql`any(${sql.param([...photoIds])}::uuid[])`
  const rows = await db
    .select({
      eventId: searches.eventId,
      id: searches.id,
      matches: sql<number>`count(*)`.mapWith(Number),
      held: sql<
        string[] | null
      >`array_agg(${searchMatches.photoId}) filter (where ${searchMatches.photoId} = ${asked})`,
    })
    .from(searches)
    .innerJoin(searchMatches, eq(searchMatches.searchId, searches.id))
    .innerJoin(photos, eq(photos.id, searchMatches.photoId))
    .where(
      and(
        searchedBy(buyer, searches),
        inArray(searches.eventId, [...eventIds]),
        inArray(searchMatches.band, ['sure', 'likely']),
        eq(searchMatches.hidden, false),
        eq(photos.approval, 'approved'),
      ),
    )
    .groupBy(searches.id)
  const byEvent = new Map<string, QuoteSearch[]>()
  const byPhoto = new Map<string, string[]>()
  for (const { eventId, id, matches, held } of rows) {
    byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), { id, matches }])
    for (const photoId of held ?? []) byPhoto.set(photoId, [...(byPhoto.get(photoId) ?? []), id])
  }
  return { searches: byEvent, byPhoto }
}
