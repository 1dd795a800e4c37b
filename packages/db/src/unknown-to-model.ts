import { and, asc, eq, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { alertFaces } from './schema/alert-faces.ts'
import { eventAlerts } from './schema/events.ts'
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

/**
 * Alerts of an event, the oldest first, that wait for new photos of one person whose face is not kept for this model
 * version: once the photos are read for it, nothing can be found for them.
 */
export function findAlertsUnknownTo(db: Queryable, eventId: string, model: string) {
  const kept = db
    .select({ one: sql`1` })
    .from(alertFaces)
    .where(and(eq(alertFaces.alertId, eventAlerts.id), eq(alertFaces.modelVersion, model)))
  const { id, askedAt, confirmedAt, email, locale, storefront } = eventAlerts
  return db
    .select({ id, askedAt, confirmedAt, email, locale, storefront })
    .from(eventAlerts)
    .where(
      and(
        eq(eventAlerts.eventId, eventId),
        isNotNull(eventAlerts.searchId),
        isNull(eventAlerts.foundAt),
        notExists(kept),
      ),
    )
    .orderBy(asc(askedAt), asc(id))
}
