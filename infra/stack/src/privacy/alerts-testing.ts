import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import type { Sealed } from '@pix/db/schema/columns.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'

/** Has the form of an encrypted value; no key opens it. */
const SEALED = Buffer.concat([Buffer.from([1, 1, 0x6b]), Buffer.alloc(40)]) as unknown as Sealed

/** Somebody who waits for new photos of them at an event, with their face. */
export async function addAlert(
  db: Db,
  values: Pick<typeof eventAlerts.$inferInsert, 'eventId' | 'askedAt'> & Partial<typeof eventAlerts.$inferInsert>,
): Promise<void> {
  const id = newId()
  const { eventId, askedAt } = values
  const ofSearch = { searchId: newId(), searchedAt: askedAt, consentId: newId() }
  const alert = { id, email: `${id}@test.example`, locale: 'th', linkHash: id, confirmedAt: askedAt }
  await db.insert(eventAlerts).values({ ...alert, ...ofSearch, ...values })
  const of = { alertId: id, eventId, modelVersion: 'm', quality: 1 }
  await db.insert(alertFaces).values({ id: newId(), ...of, embedding: SEALED })
}
