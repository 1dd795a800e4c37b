import type { photosAround as contract } from '@pix/contracts/faces.ts'
import { isFound, photosOfHidden } from '@pix/db/hidden-faces.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { foldBursts } from '@pix/domain/fold-bursts.ts'
import { and, asc, eq, inArray, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import type { BuyerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { boughtPhotos } from '../entitlements/index.ts'
import { seenPhoto, shotColumns, tileColumns, toTile } from '../photos/index.ts'
import { countForNetwork } from './limit-people.ts'
import { openSearch } from './open-search.ts'
import type { SearchRow } from './read-search.ts'

type Query = z.output<typeof contract.schema.querystring>
type Around = z.output<(typeof contract.schema.response)[200]>

const NONE: Around = { items: [], nextCursor: null, count: 0 }

/** Photos are looked for around so many matches at most, the nearest ones: each match reads two minutes of a camera. */
const MATCHES_LOOKED_AT = 200

/**
 * Photos on sale that the camera of a sure or likely match took within a minute of it, by (takenAt, id): people turn
 * their backs and wear helmets. It shows what the gallery shows, without the matches themselves and without photos of
 * people who hide. Which photos these are says where somebody was, so the limits of results hold here, too.
 *
 * @throws Problem `not_found`, or `too_many_people` when the search is for one person too many
 */
export async function listAround(ctx: BuyerContext, searchId: string, { cursor, limit }: Query): Promise<Around> {
  const after = decodeCursor(cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { takenAt: new Date(ms), id } : null))
  const { search, isBound } = await openSearch(ctx, searchId)
  // An objector's search is for what they hide, and for nothing else.
  if (search.state !== 'done' || search.forObjection) return NONE
  if (isBound) await countForNetwork(ctx, await findSurely(ctx, searchId))
  const rows = await findAround(ctx, search, after, limit + 1)
  const page = rows.slice(0, limit)
  const bought = await boughtPhotos(
    ctx.db,
    ctx.buyer,
    ctx.now(),
    page.map(({ photo }) => photo.id),
  )
  const folded = foldBursts(page.map(({ photo, shot }) => ({ ...shot, id: photo.id, takenAt: photo.takenAt })))
  const bursts = new Map(folded.map(({ id, burst }) => [id, burst]))
  const last = page.at(-1)?.photo
  return {
    items: page.map(({ photo }) => ({
      photo: toTile(photo),
      bought: bought.has(photo.id),
      burst: bursts.get(photo.id) ?? null,
    })),
    nextCursor: rows.length > page.length && last ? encodeCursor([last.takenAt!.getTime(), last.id]) : null,
    count: after ? null : (rows[0]?.count ?? 0),
  }
}

/** The faces that were surely found, by which `countForNetwork` knows the person again. */
async function findSurely(ctx: BuyerContext, searchId: string): Promise<string[]> {
  const { db, buyer } = ctx
  const rows = await db
    .select({ faceId: searchMatches.faceId, photoId: searchMatches.photoId })
    .from(searchMatches)
    .innerJoin(photos, eq(photos.id, searchMatches.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(
      and(eq(searchMatches.searchId, searchId), eq(searchMatches.band, 'sure'), seenPhoto(ctx), isFound(db, buyer)),
    )
  return rows.map(({ faceId, photoId }) => faceId ?? photoId)
}

/** A match from whose moment photos are looked for. */
const match = alias(photos, 'match')

/** SQL: the match is surely or likely the person, and nobody said that it is not. */
const isLookedAt = and(inArray(searchMatches.band, ['sure', 'likely']), eq(searchMatches.hidden, false))

/** SQL: the time that a camera wrote lies within the event, give or take a day: its clock was not wrong. */
const isCertain = (takenAt: PgColumn): SQL =>
  sql`${takenAt} between ${events.startsAt} - interval '1 day' and ${events.endsAt} + interval '1 day'`

/** SQL: by their serial numbers, or by their models where one of them has none. Without either nothing is known. */
const sameCamera = or(
  eq(photos.cameraSerial, match.cameraSerial),
  and(sql`(${photos.cameraSerial} is null or ${match.cameraSerial} is null)`, eq(photos.camera, match.camera)),
)

/**
 * All photos around the nearest matches. The index `photos_on_sale_by` has the photos of a photographer by time: each match reads
 * the two minutes around it. What is left out are two short lists, each read once.
 */
function aroundMatches({ db, ...ctx }: BuyerContext, { id: searchId, eventId }: SearchRow) {
  const matched = db
    .select({ id: searchMatches.photoId })
    .from(searchMatches)
    .where(eq(searchMatches.searchId, searchId))
  const nearest = db
    .select({ id: searchMatches.photoId })
    .from(searchMatches)
    .where(and(eq(searchMatches.searchId, searchId), isLookedAt))
    .orderBy(asc(searchMatches.distance), asc(searchMatches.photoId))
    .limit(MATCHES_LOOKED_AT)
  return db.$with('around').as(
    db
      .selectDistinct({ id: photos.id, takenAt: photos.takenAt })
      .from(searchMatches)
      .innerJoin(match, and(eq(match.id, searchMatches.photoId), eq(match.approval, 'approved')))
      .innerJoin(events, eq(events.id, match.eventId))
      .innerJoin(photos, and(eq(photos.eventId, match.eventId), eq(photos.photographerId, match.photographerId)))
      .where(
        and(
          eq(searchMatches.searchId, searchId),
          inArray(searchMatches.photoId, nearest),
          isFound(db, ctx.buyer),
          events.aroundMoments,
          seenPhoto(ctx),
          sql`${photos.takenAt} between ${match.takenAt} - interval '60 seconds' and ${match.takenAt} + interval '60 seconds'`,
          isCertain(match.takenAt),
          isCertain(photos.takenAt),
          sameCamera,
          notInArray(photos.id, matched),
          notInArray(photos.id, photosOfHidden(db, ctx.buyer, eventId)),
        ),
      ),
  )
}

function findAround(ctx: BuyerContext, search: SearchRow, after: { takenAt: Date; id: string } | null, limit: number) {
  const { db } = ctx
  const around = aroundMatches(ctx, search)
  const page = db.$with('page').as(
    db
      .select()
      .from(around)
      .where(
        after
          ? sql`(${around.takenAt}, ${around.id}) > (${after.takenAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      )
      .orderBy(asc(around.takenAt), asc(around.id))
      .limit(limit),
  )
  // The first page alone says how many there are: for a later one they need not be counted.
  const countOf = sql<number>`(select count(*)::int from ${around})`
  return db
    .with(around, page)
    .select({ photo: tileColumns, shot: shotColumns, count: after ? sql<number>`0` : countOf })
    .from(page)
    .innerJoin(photos, eq(photos.id, page.id))
    .orderBy(asc(page.takenAt), asc(page.id))
}
