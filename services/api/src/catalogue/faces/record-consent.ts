import { type ConsentWording, GUARDIAN_WORDING, SELFIE_WORDINGS } from '@pix/contracts/consent-wordings.ts'
import { grantConsent } from '../../base/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { type EventRow, findSeenEvent, isOnSale } from '../events/index.ts'
import { Problem } from '../../base/problem.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'
import { limitPeople } from './limit-people.ts'

export interface Agreed {
  consentId: string
  eventId: string
  /** Whether somebody is signed in who has verified their address. */
  signedIn: boolean
  /** By somebody who does not want to be found. */
  forObjection: boolean
}

interface Given {
  eventId: string
  /** Id of the wording agreed to; only a present one counts. */
  version: string | null
  /** Id of the guardian's confirmation, which a child's selfie needs. */
  guardian: string | null
  /** What alone may be agreed to here. */
  only?: ConsentWording['purpose']
}

/**
 * Records that this browser's person agreed to a search of this event, and commits it: nothing of a selfie is looked at
 * before this has returned.
 *
 * @throws Problem `face_search_off` when the event's faces' time is over; of a search also when it has no recorded basis (PDPA
 *   s.26) or is not on sale. Who does not want to be found may say so before and after the sale
 * @throws Problem `consent_required`
 */
export async function recordConsent(ctx: BuyerContext, { eventId, version, guardian, only }: Given): Promise<Agreed> {
  const { now } = ctx
  const event = await findSeenEvent(ctx, eventId)
  const wording = SELFIE_WORDINGS.find(({ id, purpose }) => id === version && purpose === (only ?? purpose))
  const forObjection = wording?.purpose === 'objection'
  const isSearched = event.faceSearchWording !== null && isOnSale(event, now())
  if (facesAreDue(ctx, event) || (!isSearched && !forObjection)) throw new Problem('face_search_off')
  const confirmed = Object.values(GUARDIAN_WORDING).find(({ id }) => id === guardian)
  if (!wording || (wording.ofChild && !confirmed)) throw new Problem('consent_required')
  await limitPeople(ctx, eventId)
  if (wording.ofChild && confirmed) await grantConsent(ctx, confirmed, eventId)
  const consentId = await grantConsent(ctx, wording, eventId)
  return { consentId, eventId, signedIn: await hasVerifiedEmail(ctx), forObjection }
}

const DAY_MS = 86_400_000

/** The same rule as `facesUntil` of packages/db, which says it in SQL. */
export function facesAreDue({ now, settings }: BuyerContext, { facesUntil, endsAt }: EventRow): boolean {
  const until = facesUntil?.getTime() ?? endsAt.getTime() + settings.FACES_KEPT_DAYS * DAY_MS
  return until <= now().getTime()
}
