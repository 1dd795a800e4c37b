import type { EventForm } from '@pix/contracts/event-form.ts'
import { logoUrl } from '@pix/contracts/storefront.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { engineOf } from '@pix/faces/engines.ts'
import { CALIBRATIONS } from '@pix/faces/judge/calibrate.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { type EventRow, manageEvent } from './visibility.ts'

/** @throws Problem `not_found` unless the caller manages the event */
export const findEventForm = (ctx: CallerContext, eventId: string): Promise<EventForm> =>
  manageEvent(ctx, eventId, readForm)

/** An event as its form has it, with what the installation and its studio say where it says nothing. */
export async function readForm({ db, settings }: StaffContext, event: EventRow): Promise<EventForm> {
  const [studio] = await db.select({ logo: studios.logo }).from(studios).where(eq(studios.id, event.studioId))
  const engine = event.faceModel === null ? undefined : engineOf(event.faceModel)
  return {
    ...ownFieldsOf(event),
    engineBound: engine === undefined ? null : CALIBRATIONS[engine].outerBound,
    keptDays: { faces: settings.FACES_KEPT_DAYS, photos: settings.EVENTS_KEPT_DAYS },
    logoUrl: logoUrl(event.studioId, studio?.logo ?? null),
  }
}

const ownFieldsOf = (event: EventRow): Omit<EventForm, 'engineBound' | 'keptDays' | 'logoUrl'> => ({
  id: event.id,
  revision: event.revision,
  status: event.status,
  slug: event.slug,
  name: { th: event.nameTh, en: event.nameEn },
  description: { th: event.descriptionTh, en: event.descriptionEn },
  category: event.category,
  venue: event.venue,
  province: event.province,
  startsAt: event.startsAt.toISOString(),
  endsAt: event.endsAt.toISOString(),
  salesStart: event.salesStart?.toISOString() ?? null,
  salesEnd: event.salesEnd?.toISOString() ?? null,
  visibility: event.visibility,
  hasCode: event.codeHash !== null,
  approval: event.approval,
  organizerId: event.organizerId,
  watermarkText: event.watermarkText,
  watermarkPlace: event.watermarkPlace,
  watermarkLogo: event.watermarkLogo,
  enhancePreviews: event.enhancePreviews,
  selfie: event.selfie,
  aroundMoments: event.aroundMoments,
  faceSearchWording: event.faceSearchWording,
  faceBound: event.faceBound,
  facesUntil: event.facesUntil?.toISOString() ?? null,
  keptUntil: event.keptUntil?.toISOString() ?? null,
  coverPhotoId: event.coverPhotoId,
  photoCount: event.photoCount,
})
