import type { createEvent as contract, EventFields } from '@pix/contracts/event-fields.ts'
import { events } from '@pix/db/schema/events.ts'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { inStudio, MANAGERS } from '../../people/studios/index.ts'
import { eventValues, refuseImpossible } from './event-values.ts'
import { hashCode } from './hash-code.ts'
import { studioFor } from './studio-for.ts'
import type { EventRow } from './visibility.ts'

type Body = z.output<typeof contract.schema.body>

const PLATFORM_WATERMARK = 'ThePixStock'

/** A new event in planning. Face search is on only with the wording given to participants (PDPA s.26). */
export async function createEvent(ctx: CallerContext, body: Body): Promise<EventRow> {
  const { code, ...given } = body
  const fields = complete(given)
  return inStudio(ctx, await studioFor(ctx, body.studioId), MANAGERS, async staff => {
    const { db, now, newId, caller, studioId } = staff
    await refuseImpossible(db, fields)
    const codeHash = await hashCode(fields, code, null)
    const [event] = await db
      .insert(events)
      .values({
        id: newId(),
        studioId,
        ...eventValues(fields),
        codeHash,
        ...(fields.faceSearchWording === null ? {} : { faceSearchBy: caller.userId, faceSearchAt: now() }),
        createdAt: now(),
      })
      .onConflictDoNothing({ target: events.slug })
      .returning()
    if (!event) throw new Problem('slug_taken')
    await recordAudit(staff, 'event.create', `event:${event.id}`, { after: given })
    return event
  })
}

const complete = ({ studioId: _studioId, ...body }: Omit<Body, 'code'>): EventFields => ({
  ...body,
  description: body.description ?? { th: '', en: '' },
  salesStart: body.salesStart ?? null,
  salesEnd: body.salesEnd ?? null,
  organizerId: body.organizerId ?? null,
  watermarkText: body.watermarkText ?? PLATFORM_WATERMARK,
  faceSearchWording: body.faceSearchWording ?? null,
  // The bound of distances belongs to the engine that reads the first photo.
  faceBound: null,
  facesUntil: body.facesUntil ?? null,
  keptUntil: body.keptUntil ?? null,
})
