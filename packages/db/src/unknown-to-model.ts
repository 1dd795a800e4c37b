import { and, asc, eq, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { keptFaces, objections } from './schema/objections.ts'

/**
 * SQL: an objection stands, and may fail once the photos of its event are read for faces of this model version. That is
 * so where no face of that version is kept. Hidden faces stay hidden; deleted ones come back, and later photos are not
 * recognized.
 */
function isUnknownTo(db: Queryable, eventId: string, model: string): SQL {
  const kept = db
    .select({ one: sql`1` })
    .from(keptFaces)
    .where(and(eq(keptFaces.objectionId, objections.id), eq(keptFaces.modelVersion, model)))
  return and(
    eq(objections.eventId, eventId),
    isNull(objections.endedAt),
    or(eq(objections.kind, 'delete'), isNotNull(objections.keptConsentId)),
    notExists(kept),
  )!
}

/** Those objections of an event, the oldest first. */
export const findUnknownTo = (db: Queryable, eventId: string, model: string) =>
  db
    .select({
      id: objections.id,
      kind: objections.kind,
      askedAt: objections.askedAt,
      email: objections.email,
      locale: objections.locale,
    })
    .from(objections)
    .where(isUnknownTo(db, eventId, model))
    .orderBy(asc(objections.askedAt), asc(objections.id))
