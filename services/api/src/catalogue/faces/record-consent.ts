import { CONSENT_VERSION } from '@pix/contracts/faces.ts'
import { consents } from '@pix/db/schema/consents.ts'
import type { Deps } from '../../base/deps.ts'
import { findSeenEvent, isOnSale } from '../events/index.ts'
import { Problem } from '../../base/problem.ts'
import { type Asker, limitPeople } from './limit-people.ts'

export interface Agreed {
  consentId: string
  eventId: string
  /** By somebody signed in. */
  signedIn: boolean
}

/**
 * Records that this browser's person agreed to a search of this event, and commits it: nothing of a selfie is looked at
 * before this has returned.
 *
 * @param version the wording agreed to; only the present one counts
 * @throws Problem `face_search_off` when the event has no recorded basis (PDPA s.26) or is not on sale
 */
export async function recordConsent(
  deps: Deps,
  asker: Asker,
  { eventId, version }: { eventId: string; version: string | null },
): Promise<Agreed> {
  const { db, now, newId } = deps
  const { sessionId, caller } = asker
  const event = await findSeenEvent(deps, eventId, caller)
  if (event.faceSearchWording === null || !isOnSale(event, now())) throw new Problem('face_search_off')
  if (version !== CONSENT_VERSION) throw new Problem('consent_required')
  await limitPeople(deps, asker, eventId)
  const consentId = newId()
  await db
    .insert(consents)
    .values({ id: consentId, sessionId, eventId, purpose: 'face_search', version, createdAt: now() })
  return { consentId, eventId, signedIn: caller !== null }
}
