import type { getPhotoLayout, listPhotos as contract, PhotoTile } from '@pix/contracts/photos.ts'
import type { Db } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import type { Shot } from '@pix/domain/fold-bursts.ts'
import { aspectOf } from '@pix/domain/justified-rows.ts'
import { and, asc, between, eq, gt, gte, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { believableTimes, findSeenEvent } from '../events/index.ts'
import { findBursts, shotColumns } from './find-bursts.ts'
import { tileColumns, type TileRow, toTile } from './tiles.ts'

type Times = ReturnType<typeof believableTimes>
type Query = z.output<typeof contract.schema.querystring>

/** A photo as a tile, and as a shot that may be of a burst. */
const columns = { ...tileColumns, ...shotColumns }
type Row = TileRow & Omit<Shot, 'takenAt'>

const onSale = (eventId: string, photographer?: string): SQL =>
  and(
    eq(photos.eventId, eventId),
    eq(photos.approval, 'approved'),
    photographer === undefined ? undefined : eq(photos.photographerId, photographer),
  )!

/** Photos on sale by (takenAt, id); those whose time is unknown or not certain come last, by id. */
export async function listPhotos(
  ctx: Context,
  eventId: string,
  query: Query,
): Promise<{ items: PhotoTile[]; nextCursor: string | null }> {
  const { page, nextCursor } = await readPage(ctx, eventId, query)
  return { items: page.map(toTile), nextCursor }
}

/** What a gallery begins with: the first photos of the list, and the bursts among them. */
export async function beginGallery(
  ctx: Context,
  eventId: string,
  limit: number,
): Promise<{ photos: PhotoTile[]; bursts: number[][] }> {
  const { page } = await readPage(ctx, eventId, { limit })
  return { photos: page.map(toTile), bursts: findBursts(page) }
}

async function readPage(
  ctx: Context,
  eventId: string,
  query: Query,
): Promise<{ page: Row[]; nextCursor: string | null }> {
  const { db } = ctx
  const times = believableTimes(await findSeenEvent(ctx, eventId))
  const after = decodeCursor(query.cursor, ([ms, id]) =>
    (ms === null || isMs(ms)) && isId(id) ? { takenAt: ms === null ? null : new Date(ms), id } : null,
  )
  const wanted = query.limit + 1
  const timed = query.from !== undefined || query.to !== undefined
  const rows: Row[] =
    after?.takenAt === null ? [] : await findTimed(db, onSale(eventId, query.photographer), times, query, after, wanted)
  if (rows.length < wanted && !timed) {
    const afterId = after?.takenAt === null ? after.id : null
    rows.push(...(await findUncertain(db, onSale(eventId, query.photographer), times, afterId, wanted - rows.length)))
  }
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    page,
    nextCursor: rows.length > page.length && last ? encodeCursor([last.takenAt?.getTime() ?? null, last.id]) : null,
  }
}

/** One range of the index `photos_on_sale`. */
const findTimed = (
  db: Db,
  which: SQL,
  times: Times,
  { from, to }: { from?: string | undefined; to?: string | undefined },
  after: { takenAt: Date | null; id: string } | null,
  limit: number,
): Promise<Row[]> =>
  db
    .select(columns)
    .from(photos)
    .where(
      and(
        which,
        between(photos.takenAt, times.from, times.to),
        from === undefined ? undefined : gte(photos.takenAt, new Date(from)),
        to === undefined ? undefined : lt(photos.takenAt, new Date(to)),
        after?.takenAt
          ? sql`(${photos.takenAt}, ${photos.id}) > (${after.takenAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(photos.takenAt), asc(photos.id))
    .limit(limit)

const findUncertain = (
  db: Db,
  which: SQL,
  { from, to }: Times,
  afterId: string | null,
  limit: number,
): Promise<Row[]> =>
  db
    .select(columns)
    .from(photos)
    .where(
      and(
        which,
        or(isNull(photos.takenAt), lt(photos.takenAt, from), gt(photos.takenAt, to)),
        afterId === null ? undefined : gt(photos.id, afterId),
      ),
    )
    .orderBy(asc(photos.id))
    .limit(limit)

/** The whole gallery as columns, in the list's order. */
export async function layOutPhotos(
  ctx: Context,
  eventId: string,
): Promise<z.output<(typeof getPhotoLayout.schema.response)[200]>> {
  const { from, to } = believableTimes(await findSeenEvent(ctx, eventId))
  const isCertain = ({ takenAt }: { takenAt: Date | null }) => takenAt !== null && takenAt >= from && takenAt <= to
  const rows = await ctx.db
    .select({
      id: photos.id,
      width: photos.width,
      height: photos.height,
      takenAt: photos.takenAt,
      color: photos.averageColor,
      ...shotColumns,
    })
    .from(photos)
    .where(onSale(eventId))
    .orderBy(sql`${photos.takenAt} asc nulls last`, asc(photos.id))
  const [timed, uncertain] = [rows.filter(isCertain), rows.filter(row => !isCertain(row))]
  const all = [...timed, ...uncertain.sort((a, b) => (a.id < b.id ? -1 : 1))]
  const photographers = [...new Set(all.map(row => row.photographerId))]
  const placeOf = new Map(photographers.map((id, place) => [id, place]))
  return {
    ids: all.map(row => row.id),
    aspects: all.map(row => aspectOf({ width: row.width ?? 1, height: row.height ?? 1 })),
    takenAt: all.map((row, at) => (at < timed.length ? Math.floor(row.takenAt!.getTime() / 1000) : null)),
    colors: all.map(row => row.color),
    photographers,
    takenBy: all.map(row => placeOf.get(row.photographerId)!),
    bursts: findBursts(all.map((row, at) => (at < timed.length ? row : { ...row, takenAt: null }))),
  }
}
