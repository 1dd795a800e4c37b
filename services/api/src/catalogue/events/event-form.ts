import type { EventForm } from '@pix/contracts/event-form.ts'
import type { CallerContext } from '../../base/context.ts'
import { type EventRow, manageEvent } from './visibility.ts'

/** @throws Problem `not_found` unless the caller manages the event */
export const findEventForm = (ctx: CallerContext, eventId: string): Promise<EventForm> =>
  manageEvent(ctx, eventId, async (_staff, event) => toForm(event))

/** An event as its form has it. */
export const toForm = (event: EventRow): EventForm => ({
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
  faceSearchWording: event.faceSearchWording,
  photoCount: event.photoCount,
})
