import type { Queryable } from '@pix/db/client.ts'
import type { faceRereads } from '@pix/db/schema/rereads.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { SAME_FACE } from '../same-face.ts'

/**
 * SQL: the face of another model that shows what an old one shows, the one in the same photo whose box overlaps most;
 * `new_id` and `overlap`, and no row where none does.
 *
 * @param old the alias of the old face
 */
export function sameFaceOf(old: 'old', model: string): SQL {
  const o = (column: string) => sql.raw(`${old}.${column}`)
  const within = (from: string, size: string) => sql`greatest(0,
    least(new.${sql.raw(from)} + new.${sql.raw(size)}, ${o(from)} + ${o(size)}) - greatest(new.${sql.raw(from)}, ${o(from)}))`
  const shared = sql`(${within('x', 'width')} * ${within('y', 'height')})`
  const overlap = sql`(${shared} / nullif(new.width * new.height + ${o('width')} * ${o('height')} - ${shared}, 0))`
  return sql`(
    select new.id as new_id, ${overlap} as overlap from faces new
    where new.photo_id = ${o('photo_id')} and new.model_version = ${model} and ${overlap} >= ${SAME_FACE}::real
    order by 2 desc, 1 limit 1)`
}

/** Searches whose matches are moved at a time: some hundred matches, 2,000 of a search at most. */
const SEARCHES = 20

/**
 * Lets what searches have found point at the new faces: results stay when the old faces go, and a visitor who searches again
 * is known as the same person. Matches whose face was not found again stay with the old one. Each match is looked at once.
 */
export async function moveMatches(
  db: Queryable,
  { eventId, fromModel, toModel }: Pick<typeof faceRereads.$inferSelect, 'eventId' | 'fromModel' | 'toModel'>,
): Promise<void> {
  for (let last = ''; ;) {
    const next = last === '' ? eq(searches.eventId, eventId) : and(eq(searches.eventId, eventId), gt(searches.id, last))
    const piece = await db.select({ id: searches.id }).from(searches).where(next).orderBy(searches.id).limit(SEARCHES)
    const ids = piece.map(({ id }) => id)
    if (ids.length > 0)
      await db.execute(sql`
        update search_matches set face_id = moved.new_id
        from (
          select found.search_id, found.photo_id, same.new_id
          from search_matches found
          join faces old on old.id = found.face_id, lateral ${sameFaceOf('old', toModel)} same
          where found.search_id in ${ids} and old.event_id = ${eventId} and old.model_version = ${fromModel}
        ) moved
        where search_matches.search_id = moved.search_id and search_matches.photo_id = moved.photo_id`)
    if (ids.length < SEARCHES) return
    last = ids.at(-1)!
  }
}
