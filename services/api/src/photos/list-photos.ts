import type { getPhotoLayout, listPhotos as contract, PhotoTile } from '@pix/contracts/photos.ts'
import type { Db } from '@pix/db/client.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, eq, gt, gte, isNull, isNotNull, lt, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Caller } from '../caller.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import { findSeenEvent } from '../events/index.ts'
import { tileColumns, type TileRow, toTile } from './tiles.ts'

const onSale = (eventId: string): SQL => and(eq(photos.eventId, eventId), eq(photos.approval, 'approved'))!

/** Photos on sale by (takenAt, id); those without a time come last. */
export async function listPhotos(
  deps: Deps,
  eventId: string,
  query: z.output<typeof contract.schema.querystring>,
  caller: Caller | null,
): Promise<{ items: PhotoTile[]; nextCursor: string | null }> {
  const { db } = deps
  await findSeenEvent(deps, eventId, caller)
  const after = decodeCursor(query.cursor, ([ms, id]) =>
    (ms === null || isMs(ms)) && isId(id) ? { takenAt: ms === null ? null : new Date(ms), id } : null,
  )
  const wanted = query.limit + 1
  const timed = query.from !== undefined || query.to !== undefined
  const rows: TileRow[] = after?.takenAt === null ? [] : await findTimed(db, eventId, query, after, wanted)
  if (rows.length < wanted && !timed) {
    rows.push(...(await findTimeless(db, eventId, after?.takenAt === null ? after.id : null, wanted - rows.length)))
  }
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(toTile),
    nextCursor: rows.length > page.length && last ? encodeCursor([last.takenAt?.getTime() ?? null, last.id]) : null,
  }
}

/** One range of the index `photos_on_sale`. */
const findTimed = (
  db: Db,
  eventId: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
  after: { takenAt: Date | null; id: string } | null,
  limit: number,
): Promise<TileRow[]> =>
  db
    .select(tileColumns)
    .from(photos)
    .where(
      and(
        onSale(eventId),
        isNotNull(photos.takenAt),
        from === undefined ? undefined : gte(photos.takenAt, new Date(from)),
        to === undefined ? undefined : lt(photos.takenAt, new Date(to)),
        after?.takenAt
          ? sql`(${photos.takenAt}, ${photos.id}) > (${after.takenAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(photos.takenAt), asc(photos.id))
    .limit(limit)

const findTimeless = (db: Db, eventId: string, afterId: string | null, limit: number): Promise<TileRow[]> =>
  db
    .select(tileColumns)
    .from(photos)
    .where(and(onSale(eventId), isNull(photos.takenAt), afterId === null ? undefined : gt(photos.id, afterId)))
    .orderBy(asc(photos.id))
    .limit(limit)

/** The whole gallery as columns, in the list's order. */
export async function layOutPhotos(
  deps: Deps,
  eventId: string,
  caller: Caller | null,
): Promise<z.output<(typeof getPhotoLayout.schema.response)[200]>> {
  await findSeenEvent(deps, eventId, caller)
  const rows = await deps.db
    .select({
      id: photos.id,
      width: photos.width,
      height: photos.height,
      takenAt: photos.takenAt,
      color: photos.averageColor,
    })
    .from(photos)
    .where(onSale(eventId))
    .orderBy(sql`${photos.takenAt} asc nulls last`, asc(photos.id))
  return {
    ids: rows.map(row => row.id),
    aspects: rows.map(row => Math.round(((row.width ?? 1) / (row.height ?? 1)) * 1000) / 1000),
    takenAt: rows.map(row => (row.takenAt === null ? null : Math.floor(row.takenAt.getTime() / 1000))),
    colors: rows.map(row => row.color),
  }
}
