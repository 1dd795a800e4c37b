import type { Queryable } from '@pix/db/client.ts'
import { isOverAlert } from '@pix/db/over-alerts.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { and, eq, inArray, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

/** Deletes alerts for new photos of one person, with their faces and addresses, as part of a transaction. */
export async function forgetFaceAlerts({ db }: { db: Queryable }, which: SQL): Promise<void> {
  await db.delete(eventAlerts).where(and(isNotNull(eventAlerts.searchId), which))
}

/** Deletes those whose consent is taken back: that to keep the face, or that of a child's guardian. */
export const forgetAlertsOfConsents = ({ db }: { db: Queryable }, consentIds: readonly string[]): Promise<void> =>
  forgetFaceAlerts(
    { db },
    or(inArray(eventAlerts.consentId, [...consentIds]), inArray(eventAlerts.guardianConsentId, [...consentIds]))!,
  )

/**
 * Deletes alerts whose time is over, and those whose face an event's photos can no longer be compared with, since they were
 * read with another engine: its person was asked before to search once more (`notify-objectors.ts`).
 */
export async function endFaceAlerts({ db, now, settings, log }: Context): Promise<void> {
  const known = db
    .select({ one: sql`1` })
    .from(alertFaces)
    .where(and(eq(alertFaces.alertId, eventAlerts.id), eq(alertFaces.modelVersion, events.faceModel)))
  const isUnknown = and(isNull(eventAlerts.foundAt), isNotNull(events.faceModel), notExists(known))
  const over = await db
    .select({ id: eventAlerts.id })
    .from(eventAlerts)
    .innerJoin(events, eq(events.id, eventAlerts.eventId))
    .where(and(isNotNull(eventAlerts.searchId), or(isOverAlert(now(), settings.FACES_KEPT_DAYS), isUnknown)))
  if (over.length === 0) return
  const ids = over.map(({ id }) => id)
  await forgetFaceAlerts({ db }, inArray(eventAlerts.id, ids))
  log.info({ alerts: ids.length }, 'faces kept for an alert are deleted: their time is over')
}
