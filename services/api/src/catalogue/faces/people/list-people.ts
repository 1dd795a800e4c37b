import type { Grouping, listPeople as contract, Person } from '@pix/contracts/people.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { GROUPING_TRIES } from '@pix/domain/tries.ts'
import { and, countDistinct, count, eq, isNotNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { decodeCursor, encodeCursor, isCount, isId } from '../../../base/cursor.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { type EventRow, manageEvent } from '../../events/index.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/** Faces of people in photos on sale: a photo that left the sale is not counted from that moment. */
export const shown = (eventId: string) =>
  and(eq(faces.eventId, eventId), eq(photos.approval, 'approved'), isNotNull(faces.personId), isSearched)
/** A face that searches look at, as long as the basis for that is on record (PDPA s.26). */
const isSearched = sql`exists (
  select 1 from events e
  where e.id = ${faces.eventId} and e.face_search_at is not null and e.face_model = ${faces.modelVersion})`

const photoCount = sql<number>`count(distinct ${faces.photoId})::int`

/** People in the most photos first, ties by id. @throws Problem `not_found` unless the caller manages the event */
export async function listPeople(
  ctx: CallerContext,
  eventId: string,
  { limit, cursor }: z.output<typeof contract.schema.querystring>,
): Promise<Answer> {
  const after = decodeCursor(cursor, ([n, id]) => (isCount(n) && isId(id) ? { photos: n, id } : null))
  return manageEvent(ctx, eventId, async (staff, event) => {
    const grouping = await readGrouping(staff, event)
    const rows: Person[] = await staff.db
      .select({
        id: sql<string>`${faces.personId}`,
        photoCount,
        faceCount: sql<number>`count(*)::int`,
        faceId: sql<string>`(array_agg(${faces.id} order by ${faces.quality} desc, ${faces.id}))[1]`,
      })
      .from(faces)
      .innerJoin(photos, eq(photos.id, faces.photoId))
      .where(shown(eventId))
      .groupBy(faces.personId)
      .having(after ? sql`(-${photoCount}, ${faces.personId}) > (${-after.photos}, ${after.id}::uuid)` : undefined)
      .orderBy(sql`${photoCount} desc`, faces.personId)
      .limit(limit + 1)
    const items = rows.slice(0, limit)
    const last = rows.length > limit ? items.at(-1) : undefined
    return { items, nextCursor: last ? encodeCursor([last.photoCount, last.id]) : null, grouping }
  })
}

/** How far the grouping is of an event that the caller manages. */
export async function readGrouping({ db }: StaffContext, event: EventRow): Promise<Grouping> {
  const [asked] = await db.select().from(eventPeople).where(eq(eventPeople.eventId, event.id))
  const [counted] = await db
    .select({ people: countDistinct(faces.personId), faces: count() })
    .from(faces)
    .innerJoin(photos, eq(photos.id, faces.photoId))
    .where(shown(event.id))
  return {
    state: stateOf(asked, event.indexRevision),
    groupedAt: asked?.groupedAt?.toISOString() ?? null,
    people: counted?.people ?? 0,
    faces: counted?.faces ?? 0,
  }
}

function stateOf(asked: typeof eventPeople.$inferSelect | undefined, current: number): Grouping['state'] {
  if (!asked) return 'not_asked'
  if (asked.revision === current) return 'grouped'
  return asked.attempts >= GROUPING_TRIES ? 'failed' : 'waiting'
}
