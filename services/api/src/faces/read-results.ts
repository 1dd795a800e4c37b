import type { Match, Search } from '@pix/contracts/faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderItems, orders } from '@pix/db/schema/orders.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { seenPhoto, tileColumns, toTile } from '../photos/index.ts'
import { describeSearch, findOwnSearch } from './read-search.ts'

/** Best band first, then by confidence, ties by distance and photo. Photos that left the sale since are not among them. */
export async function readResults(
  deps: Deps,
  searchId: string,
  sessionId: string,
): Promise<{ search: Search; items: Match[] }> {
  const search = await findOwnSearch(deps, searchId, sessionId)
  if (search.state !== 'done') return { search: describeSearch(search), items: [] }
  const rows = await deps.db
    .select({
      photo: tileColumns,
      match: searchMatches,
      box: { x: faces.x, y: faces.y, width: faces.width, height: faces.height },
    })
    .from(searchMatches)
    .innerJoin(photos, eq(photos.id, searchMatches.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .innerJoin(faces, eq(faces.id, searchMatches.faceId))
    .where(and(eq(searchMatches.searchId, searchId), seenPhoto()))
    .orderBy(
      asc(searchMatches.band),
      desc(searchMatches.confidence),
      asc(searchMatches.distance),
      asc(searchMatches.photoId),
    )
  const bought = await findBought(
    deps,
    sessionId,
    rows.map(row => row.photo.id),
  )
  return {
    search: describeSearch(search, countBands(rows.map(row => row.match).filter(match => !match.hidden))),
    items: rows.map(({ photo, match, box }) => ({
      photo: toTile(photo),
      distance: match.distance,
      confidence: match.confidence,
      band: match.band,
      faceBox: box,
      hidden: match.hidden,
      bought: bought.has(photo.id),
    })),
  }
}

function countBands(matches: readonly Pick<Match, 'band'>[]): Search['counts'] {
  const counts = { sure: 0, likely: 0, maybe: 0 }
  for (const { band } of matches) counts[band] += 1
  return counts
}

async function findBought({ db }: Deps, sessionId: string, photoIds: string[]): Promise<Set<string>> {
  if (photoIds.length === 0) return new Set()
  const rows = await db
    .select({ photoId: orderItems.photoId })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .where(
      and(
        eq(orders.sessionId, sessionId),
        inArray(orders.status, ['paid', 'fulfilled']),
        inArray(orderItems.photoId, photoIds),
      ),
    )
  return new Set(rows.map(row => row.photoId))
}
