import { CONSENT_VERSION } from '@pix/contracts/faces.ts'
import { consents } from '@pix/db/schema/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { findSeenEvent, isOnSale } from '../events/index.ts'
import { Problem } from '../../base/problem.ts'
import { limitPeople } from './limit-people.ts'

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
  ctx: BuyerContext,
  { eventId, version }: { eventId: string; version: string | null },
): Promise<Agreed> {
  const { db, now, newId, caller, buyer } = ctx
  const event = await findSeenEvent(ctx, eventId)
  if (event.faceSearchWording === null || !isOnSale(event, now())) throw new Problem('face_search_off')
  if (version !== CONSENT_VERSION) throw new Problem('consent_required')
  await limitPeople(ctx, eventId)
  const consentId = newId()
  await db
    .insert(consents)
    .values({ id: consentId, sessionId: buyer.sessionId, eventId, purpose: 'face_search', version, createdAt: now() })
  return { consentId, eventId, signedIn: caller !== null }
}
