import type { EventFields } from '@pix/contracts/event-fields.ts'
import type { Queryable } from '@pix/db/client.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { type FieldError, Problem } from '../../base/problem.ts'

const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** What people say about an event, as its row keeps it: text in one normal form. */
export const eventValues = (fields: EventFields) => ({
  slug: fields.slug,
  nameTh: fields.name.th.normalize('NFC'),
  nameEn: fields.name.en.normalize('NFC'),
  descriptionTh: fields.description.th,
  descriptionEn: fields.description.en,
  category: fields.category,
  venue: fields.venue.normalize('NFC'),
  province: fields.province.normalize('NFC'),
  startsAt: new Date(fields.startsAt),
  endsAt: new Date(fields.endsAt),
  salesStart: instantOf(fields.salesStart),
  salesEnd: instantOf(fields.salesEnd),
  visibility: fields.visibility,
  approval: fields.approval,
  organizerId: fields.organizerId,
  watermarkText: fields.watermarkText.normalize('NFC'),
  watermarkPlace: fields.watermarkPlace,
  watermarkLogo: fields.watermarkLogo,
  enhancePreviews: fields.enhancePreviews,
  selfie: fields.selfie,
  aroundMoments: fields.aroundMoments,
  faceSearchWording: fields.faceSearchWording,
  faceBound: fields.faceBound,
  facesUntil: instantOf(fields.facesUntil),
  keptUntil: instantOf(fields.keptUntil),
})

/** @throws Problem `invalid_request` naming what cannot be: an end before its beginning, an organizer that is none */
export async function refuseImpossible(tx: Queryable, fields: EventFields): Promise<void> {
  const { startsAt, endsAt, salesStart, salesEnd, organizerId, facesUntil, keptUntil } = fields
  const errors: FieldError[] = []
  if (Date.parse(endsAt) < Date.parse(startsAt)) errors.push({ path: 'body.endsAt', message: 'is before startsAt' })
  if (salesStart !== null && salesEnd !== null && Date.parse(salesEnd) <= Date.parse(salesStart)) {
    errors.push({ path: 'body.salesEnd', message: 'is not after salesStart' })
  }
  for (const [name, until] of Object.entries({ facesUntil, keptUntil }))
    if (until !== null && Date.parse(until) < Date.parse(endsAt))
      errors.push({ path: `body.${name}`, message: 'is before endsAt' })
  if (fields.category === 'school' && fields.visibility === 'public') {
    errors.push({ path: 'body.visibility', message: 'is not for school events' })
  }
  if (organizerId !== null) {
    const [organizer] = await tx.select({ id: organizers.id }).from(organizers).where(eq(organizers.id, organizerId))
    if (!organizer) errors.push({ path: 'body.organizerId', message: 'is not an organizer' })
  }
  if (errors.length > 0) throw new Problem('invalid_request', { errors })
}
