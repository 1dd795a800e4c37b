import type { listManagedPhotos as contract, ManagedPhoto, PhotoPlace } from '@pix/contracts/managed-photos.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { manageEvent } from '../../catalogue/events/index.ts'
import { crewColumns, isFailed, toCrewPhoto } from '../../catalogue/photos/index.ts'
import { isSold } from '../../shop/orders/index.ts'

type Query = z.output<typeof contract.schema.querystring>
type Answer = z.output<(typeof contract.schema.response)[200]>

/** Photos of an event that fit the filters, newest first, by (createdAt, id). */
export function listManagedPhotos(
  ctx: CallerContext,
  eventId: string,
  { cursor, limit, ...filters }: Query,
): Promise<Answer> {
  const after = decodeCursor(cursor, ([ms, id]) => (isMs(ms) && isId(id) ? { at: new Date(ms), id } : null))
  return manageEvent(ctx, eventId, async staff => {
    const there = and(eq(photos.eventId, eventId), isNull(photos.deletedAt))!
    const fits = and(there, ...narrowedBy(staff, filters))!
    const isFurther =
      after && sql`(${photos.createdAt}, ${photos.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
    const found = await staff.db
      .select({ ...crewColumns, place: PLACE, sold: isSold(staff.db) })
      .from(photos)
      .innerJoin(users, eq(users.id, photos.photographerId))
      .where(and(fits, isFurther ?? undefined))
      .orderBy(desc(photos.createdAt), desc(photos.id))
      .limit(limit + 1)
    const rows = found.slice(0, limit)
    const last = found.length > rows.length ? rows.at(-1)?.photo : undefined
    return {
      items: rows.map(toManagedPhoto),
      nextCursor: last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
      total: await staff.db.$count(photos, fits),
      photographers: await listPhotographers(staff, there),
      limits: { maxBytes: ctx.settings.UPLOAD_MAX_BYTES, minSide: ctx.settings.UPLOAD_MIN_SIDE },
    }
  })
}

type Row = Parameters<typeof toCrewPhoto>[0] & { place: PhotoPlace; sold: boolean }

const toManagedPhoto = (row: Row): ManagedPhoto => ({
  ...toCrewPhoto(row),
  place: row.place,
  photographerId: row.photo.photographerId,
  sold: row.sold,
})

/** SQL on photos: each is in one place. */
const PLACES: Readonly<Record<PhotoPlace, SQL>> = {
  gone: isNotNull(photos.takenDownAt),
  off_sale: and(isNull(photos.takenDownAt), eq(photos.approval, 'rejected'))!,
  on_sale: eq(photos.approval, 'approved'),
  waiting: and(eq(photos.approval, 'pending'), eq(photos.state, 'processed'))!,
  failed: isFailed,
  processing: and(eq(photos.approval, 'pending'), or(eq(photos.state, 'queued'), eq(photos.state, 'processing')))!,
}

const PLACE = sql<PhotoPlace>`case ${sql.join(
  Object.entries(PLACES).map(([place, isThere]) => sql`when ${isThere} then ${place}::text`),
  sql` `,
)} end`

function narrowedBy({ db }: StaffContext, filters: Omit<Query, 'cursor' | 'limit'>): (SQL | undefined)[] {
  const { q, photographer, place, from, to, faces, sold } = filters
  return [
    q === undefined ? undefined : isNamed(q),
    photographer === undefined ? undefined : eq(photos.photographerId, photographer),
    place === undefined ? undefined : PLACES[place],
    from === undefined ? undefined : gte(photos.takenAt, new Date(from)),
    to === undefined ? undefined : lt(photos.takenAt, new Date(to)),
    faces === undefined ? undefined : faces === 'yes' ? gt(photos.faceCount, 0) : eq(photos.faceCount, 0),
    sold === undefined ? undefined : sold === 'yes' ? isSold(db) : not(isSold(db)),
  ]
}

/**
 * SQL on photos: what was typed is part of the file's name, or the id. Letters that are spelled in one way alone are looked
 * for as they are: of 20,000 names the form of each takes most of a second.
 */
function isNamed(typed: string): SQL {
  if (isId(typed)) return eq(photos.id, typed)
  return /^[\x20-\x7e]*$/.test(typed)
    ? sql`${photos.fileName} ilike '%' || escape_like(${typed}::text) || '%'`
    : sql`search_form(${photos.fileName}) like '%' || escape_like(search_form(${typed}::text)) || '%'`
}

const listPhotographers = ({ db }: StaffContext, there: SQL) =>
  db
    .selectDistinct({ id: users.id, name: users.name })
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .where(there)
    .orderBy(asc(users.name), asc(users.id))
