import { events } from '@pix/db/schema/events.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Kind } from '../kind.ts'
import { eventLink, toEventLink } from '../named-columns.ts'

/** Faces of each sort that a line shows at the most. */
const SHOWN = 12

/** People who object, with faces that their search was not sure of. */
export const objectionKind: Kind<'objection'> = {
  open: db =>
    db
      .selectDistinct({ id: objections.id, since: objections.askedAt })
      .from(objections)
      .innerJoin(hiddenFaces, and(eq(hiddenFaces.objectionId, objections.id), eq(hiddenFaces.unsure, true)))
      .where(isNull(objections.endedAt)),
  describe: async (db, ids) => {
    const rows = await db
      .select({ objection: objections, event: eventLink })
      .from(objections)
      .innerJoin(events, eq(events.id, objections.eventId))
      .where(inArray(objections.id, [...ids]))
    const hidden = await db
      .select({
        objectionId: hiddenFaces.objectionId,
        faceId: faces.id,
        photoId: photos.id,
        unsure: hiddenFaces.unsure,
      })
      .from(hiddenFaces)
      .innerJoin(faces, eq(faces.id, hiddenFaces.faceId))
      .innerJoin(photos, eq(photos.id, faces.photoId))
      .where(inArray(hiddenFaces.objectionId, [...ids]))
      .orderBy(asc(faces.id))
    return new Map(
      rows.map(({ objection: { id, kind, faceCount }, event }) => {
        const of = (unsure: boolean) => hidden.filter(one => one.objectionId === id && one.unsure === unsure)
        const show = (unsure: boolean) =>
          of(unsure)
            .slice(0, SHOWN)
            .map(({ faceId, photoId }) => ({ faceId, photoId }))
        const counts = { faces: faceCount, unsure: of(true).length }
        return [id, { event: toEventLink(event), kind, ...counts, unsureFaces: show(true), sureFaces: show(false) }]
      }),
    )
  },
}
