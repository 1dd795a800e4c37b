import { FACE_SEARCH_WORDING } from '@pix/contracts/consent-wordings.ts'
import { grantConsent } from '../../base/consents.ts'
import type { BuyerContext } from '../../base/context.ts'
import { type EventRow, findSeenEvent, isOnSale } from '../events/index.ts'
import { Problem } from '../../base/problem.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'
import { limitPeople } from './limit-people.ts'

export interface Agreed {
  consentId: string
  eventId: string
  /** By somebody signed in who has verified their address. */
  signedIn: boolean
}

/**
 * Records that this browser's person agreed to a search of this event, and commits it: nothing of a selfie is looked at
 * before this has returned.
 *
 * @param version id of the wording agreed to; only a present one counts
 * @throws Problem `face_search_off` when the event has no recorded basis (PDPA s.26), is not on sale, or its faces' time is over
 */
export async function recordConsent(
  ctx: BuyerContext,
  { eventId, version }: { eventId: string; version: string | null },
): Promise<Agreed> {
  const { now } = ctx
  const event = await findSeenEvent(ctx, eventId)
  if (event.faceSearchWording === null || !isOnSale(event, now()) || facesAreDue(ctx, event))
    throw new Problem('face_search_off')
  const wording = Object.values(FACE_SEARCH_WORDING).find(({ id }) => id === version)
  if (!wording) throw new Problem('consent_required')
  await limitPeople(ctx, eventId)
  const consentId = await grantConsent(ctx, wording, eventId)
  return { consentId, eventId, signedIn: await hasVerifiedEmail(ctx) }
}

const DAY_MS = 86_400_000

/** As `facesUntil` of packages/db says it in SQL. */
function facesAreDue({ now, settings }: BuyerContext, { facesUntil, endsAt }: EventRow): boolean {
  const until = facesUntil?.getTime() ?? endsAt.getTime() + settings.FACES_KEPT_DAYS * DAY_MS
  return until <= now().getTime()
}
