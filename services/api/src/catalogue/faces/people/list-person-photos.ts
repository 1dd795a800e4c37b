import type { listPersonPhotos as contract } from '@pix/contracts/people.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import { decodeCursor, encodeCursor, isId } from '../../../base/cursor.ts'
import type { CallerContext } from '../../../base/context.ts'
import { manageEvent } from '../../events/index.ts'
import { tileColumns, toTile } from '../../photos/index.ts'
import { notFound } from '../../../base/problem.ts'
import { shown } from './list-people.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * The photos that count for a person in `listPeople`, by id. A photo that shows them twice is there once.
 *
 * @throws Problem `not_found` where no photo on sale shows them
 */
export async function listPersonPhotos(
  ctx: CallerContext,
  eventId: string,
  personId: string,
  { limit, cursor }: z.output<typeof contract.schema.querystring>,
): Promise<Answer> {
  const after = decodeCursor(cursor, ([id]) => (isId(id) ? id : null))
  const rows = await manageEvent(ctx, eventId, ({ db }) =>
    db
      .selectDistinctOn([photos.id], tileColumns)
      .from(photos)
      .innerJoin(faces, eq(faces.photoId, photos.id))
      .where(and(shown(eventId), eq(faces.personId, personId), after ? gt(photos.id, after) : undefined))
      .orderBy(asc(photos.id))
      .limit(limit + 1),
  )
  if (rows.length === 0 && after === null) throw notFound()
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map(toTile), nextCursor: last ? encodeCursor([last.id]) : null }
}
