import type { duplicateEvent as contract } from '@pix/contracts/event-form.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { type EventRow, manageEvent } from '../../../catalogue/events/index.ts'
import { ofList } from '../lists/read-list.ts'

type CopyRequest = z.output<typeof contract.schema.body>

/**
 * A new event in planning with the fields of another. The code is not copied, since only its hash is kept. The wording
 * about face search is not copied: the staff confirm again that the participants were informed.
 *
 * @throws Problem `slug_taken`, and `not_found` unless the caller manages the event
 */
export const duplicateEvent = (ctx: CallerContext, eventId: string, request: CopyRequest): Promise<{ id: string }> =>
  manageEvent(ctx, eventId, async (staff, event) => {
    const id = staff.newId()
    const [made] = await staff.db
      .insert(events)
      .values({ ...saidOf(event), ...placeOf(request), id, createdAt: staff.now() })
      .onConflictDoNothing({ target: events.slug })
      .returning({ id: events.id })
    if (!made) throw new Problem('slug_taken')
    if (request.packages) await copyPackages(staff, event, id)
    if (request.crew) await copyCrew(staff, event, id)
    await recordAudit(staff, 'event.duplicate', `event:${id}`, { after: { from: event.id, ...request } })
    return made
  })

const saidOf = (event: EventRow) => ({
  studioId: event.studioId,
  descriptionTh: event.descriptionTh,
  descriptionEn: event.descriptionEn,
  category: event.category,
  venue: event.venue,
  province: event.province,
  visibility: event.visibility,
  approval: event.approval,
  watermarkText: event.watermarkText,
  watermarkPlace: event.watermarkPlace,
  watermarkLogo: event.watermarkLogo,
  enhancePreviews: event.enhancePreviews,
  selfie: event.selfie,
  aroundMoments: event.aroundMoments,
})

const placeOf = ({ slug, name, startsAt, endsAt }: CopyRequest) => {
  if (Date.parse(endsAt) < Date.parse(startsAt)) {
    throw new Problem('invalid_request', { errors: [{ path: 'body.endsAt', message: 'is before startsAt' }] })
  }
  return {
    slug,
    nameTh: name.th.normalize('NFC'),
    nameEn: name.en.normalize('NFC'),
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }
}

/** The list of the event's own, if it has one. An early price without a date of its own ends with the new event's beginning. */
async function copyPackages({ db, newId, now }: StaffContext, { id, studioId }: EventRow, to: string): Promise<void> {
  const rows = await db
    .select()
    .from(packages)
    .where(ofList({ studioId, eventId: id }))
  if (rows.length === 0) return
  await db.insert(packages).values(rows.map(row => ({ ...row, id: newId(), eventId: to, createdAt: now() })))
}

async function copyCrew({ db, now }: StaffContext, { id, organizerId }: EventRow, to: string): Promise<void> {
  await db.update(events).set({ organizerId }).where(eq(events.id, to))
  const rows = await db.select().from(eventPhotographers).where(eq(eventPhotographers.eventId, id))
  if (rows.length === 0) return
  await db.insert(eventPhotographers).values(rows.map(row => ({ ...row, eventId: to, createdAt: now() })))
}
