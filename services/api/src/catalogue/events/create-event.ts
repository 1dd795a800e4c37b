import type { createEvent as contract } from '@pix/contracts/events.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { type FieldError, Problem } from '../../base/problem.ts'
import type { EventRow } from './visibility.ts'

type Body = z.output<typeof contract.schema.body>

/** A new event in planning. Face search is on only with the wording given to participants (PDPA s.26). */
export async function createEvent(ctx: CallerContext, body: Body): Promise<EventRow> {
  const { db, now, newId, caller } = ctx
  refuseImpossibleDates(body)
  const wording = body.faceSearchWording
  return db.transaction(async tx => {
    if (body.organizerId !== undefined) {
      const [organizer] = await tx.select().from(organizers).where(eq(organizers.id, body.organizerId))
      if (!organizer) throw invalid({ path: 'body.organizerId', message: 'is not an organizer' })
    }
    const [event] = await tx
      .insert(events)
      .values({
        id: newId(),
        studioId: HOUSE_STUDIO,
        slug: body.slug,
        nameTh: body.name.th.normalize('NFC'),
        nameEn: body.name.en.normalize('NFC'),
        descriptionTh: body.description?.th ?? '',
        descriptionEn: body.description?.en ?? '',
        category: body.category,
        venue: body.venue.normalize('NFC'),
        province: body.province.normalize('NFC'),
        startsAt: new Date(body.startsAt),
        endsAt: new Date(body.endsAt),
        salesStart: body.salesStart === undefined ? null : new Date(body.salesStart),
        salesEnd: body.salesEnd === undefined ? null : new Date(body.salesEnd),
        visibility: body.visibility,
        approval: body.approval,
        organizerId: body.organizerId ?? null,
        ...(body.watermarkText === undefined ? {} : { watermarkText: body.watermarkText.normalize('NFC') }),
        ...(wording === undefined
          ? {}
          : { faceSearchWording: wording, faceSearchBy: caller.userId, faceSearchAt: now() }),
        createdAt: now(),
      })
      .onConflictDoNothing({ target: events.slug })
      .returning()
    if (!event) throw new Problem('slug_taken')
    await recordAudit(tx, caller.userId, 'event.create', `event:${event.id}`, { slug: event.slug })
    return event
  })
}

function refuseImpossibleDates({ startsAt, endsAt, salesStart, salesEnd }: Body): void {
  if (Date.parse(endsAt) < Date.parse(startsAt)) throw invalid({ path: 'body.endsAt', message: 'is before startsAt' })
  if (salesStart !== undefined && salesEnd !== undefined && Date.parse(salesEnd) <= Date.parse(salesStart)) {
    throw invalid({ path: 'body.salesEnd', message: 'is not after salesStart' })
  }
}

const invalid = (...errors: FieldError[]) => new Problem('invalid_request', { errors })
