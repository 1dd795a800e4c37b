import type { Match, Search } from '@pix/contracts/faces.ts'
import { isFound } from '@pix/db/hidden-faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { foldBursts } from '@pix/domain/fold-bursts.ts'
import { and, asc, desc, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { boughtPhotos } from '../entitlements/index.ts'
import { seenPhoto, shotColumns, tileColumns, toTile } from '../photos/index.ts'
import { countForNetwork } from './limit-people.ts'
import { openSearch } from './open-search.ts'
import { describeSearch } from './read-search.ts'

/**
 * Best band first, then by confidence, ties by distance and photo. Photos that left the sale since are not among
 * them, nor people who hide.
 *
 * @throws Problem `not_found`, or `too_many_people` when it is for one person too many
 */
export async function readResults(ctx: BuyerContext, searchId: string): Promise<{ search: Search; items: Match[] }> {
  const { db, buyer } = ctx
  const { search, isBound } = await openSearch(ctx, searchId)
  if (search.state !== 'done') return { search: describeSearch(search), items: [] }
  const rows = await db
    .select({
      photo: tileColumns,
      match: searchMatches,
      shot: shotColumns,
      face: { x: faces.x, y: faces.y, width: faces.width, height: faces.height },
    })
    .from(searchMatches)
    .innerJoin(photos, eq(photos.id, searchMatches.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .leftJoin(faces, eq(faces.id, searchMatches.faceId))
    .where(and(eq(searchMatches.searchId, searchId), seenPhoto(ctx), isFound(db, buyer)))
    .orderBy(
      asc(searchMatches.band),
      desc(searchMatches.confidence),
      asc(searchMatches.distance),
      asc(searchMatches.photoId),
    )
  const surely = rows.filter(row => row.match.band === 'sure').map(({ match }) => match.faceId ?? match.photoId)
  if (isBound) await countForNetwork(ctx, surely)
  const photoIds = rows.map(row => row.photo.id)
  const bought = await boughtPhotos(db, buyer, ctx.now(), photoIds)
  const folded = foldBursts(rows.map(({ photo, shot }) => ({ ...shot, id: photo.id, takenAt: photo.takenAt })))
  const bursts = new Map(folded.map(({ id, burst }) => [id, burst]))
  return {
    search: describeSearch(search, countBands(rows.map(row => row.match).filter(match => !match.hidden))),
    items: rows.map(({ photo, match, face }) => ({
      photo: toTile(photo),
      distance: match.distance,
      confidence: match.confidence,
      band: match.band,
      faceBox: face ?? match.faceBox!,
      hidden: match.hidden,
      picked: match.picked,
      bought: bought.has(photo.id),
      burst: bursts.get(photo.id) ?? null,
    })),
  }
}

function countBands(matches: readonly Pick<Match, 'band'>[]): Search['counts'] {
  const counts = { sure: 0, likely: 0, maybe: 0 }
  for (const { band } of matches) counts[band] += 1
  return counts
}
