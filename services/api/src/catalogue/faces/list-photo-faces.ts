import type { getPhotoFaces as contract } from '@pix/contracts/photo-facts.ts'
import { faceModelOf } from '@pix/db/face-model-of.ts'
import { events } from '@pix/db/schema/events.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { managePhoto } from '../photos/index.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * The faces that searches look at in a photo, the largest first: where they are and how good, and never what
 * distinguishes people.
 *
 * @throws Problem `not_found` unless the caller manages its event
 */
export const listPhotoFaces = (ctx: CallerContext, photoId: string): Promise<Answer> =>
  managePhoto(ctx, photoId, async ({ db }, { eventId }) => {
    const modelVersion = await faceModelOf(db, eventId)
    const found = db
      .select({ faceId: searchMatches.faceId, searches: count().as('searches') })
      .from(searchMatches)
      .innerJoin(searches, eq(searches.id, searchMatches.searchId))
      .where(and(eq(searchMatches.photoId, photoId), eq(searchMatches.hidden, false), eq(searches.forObjection, false)))
      .groupBy(searchMatches.faceId)
      .as('found')
    const items = await db
      .select({
        id: faces.id,
        x: faces.x,
        y: faces.y,
        width: faces.width,
        height: faces.height,
        score: faces.score,
        quality: faces.quality,
        searches: sql<number>`coalesce(${found.searches}, 0)`.mapWith(Number),
      })
      .from(faces)
      .innerJoin(events, and(eq(events.id, faces.eventId), eq(events.faceModel, faces.modelVersion)))
      .leftJoin(found, eq(found.faceId, faces.id))
      .where(eq(faces.photoId, photoId))
      .orderBy(desc(sql`${faces.width} * ${faces.height}`), asc(faces.id))
    return { modelVersion, items }
  })
