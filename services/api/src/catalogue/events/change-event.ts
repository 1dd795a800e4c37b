import { isDeepStrictEqual } from 'node:util'
import type { EventForm } from '@pix/contracts/event-form.ts'
import type { EventFields } from '@pix/contracts/event-fields.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { readForm } from './event-form.ts'
import { hashCode } from './hash-code.ts'
import { eventValues, refuseImpossible } from './event-values.ts'
import { type EventRow, lockEvent, manageEvent } from './visibility.ts'

type Values = ReturnType<typeof eventValues>

/**
 * Replaces what is said about an event. Saying the same again changes nothing and is no revision. A new wording about
 * face search is recorded with who gave it and when (PDPA s.26).
 *
 * @throws Problem `event_changed` when somebody else was faster
 */
export async function changeEvent(
  ctx: CallerContext,
  eventId: string,
  { revision, code, ...fields }: EventFields & { revision: number },
): Promise<EventForm> {
  const change = manageEvent(ctx, eventId, async staff => {
    const { db, now, caller } = staff
    const before = await lockEvent(staff, eventId)
    if (before.revision !== revision) throw new Problem('event_changed')
    await refuseImpossible(db, fields)
    const values = eventValues(fields)
    const changed = changesOf(before, values)
    const codeHash = await hashCode(fields, code, before.codeHash)
    if (Object.keys(changed.after).length === 0 && codeHash === before.codeHash) return readForm(staff, before)
    if (changed.after.slug !== undefined) refuseFixedSlug(before)
    const basis = 'faceSearchWording' in changed.after ? basisOf(values, caller.userId, now()) : {}
    const [after] = await db
      .update(events)
      .set({ ...values, ...basis, codeHash, revision: revision + 1 })
      .where(eq(events.id, eventId))
      .returning()
    await recordAudit(staff, 'event.change', `event:${eventId}`, {
      ...changed,
      ...(code === undefined ? {} : { codeReplaced: true }),
    })
    return readForm(staff, after!)
  })
  // The slug may be that of another studio's event, which cannot be seen here: the index knows all of them.
  return change.catch((error: unknown) => {
    throw constraintOf(error) === 'events_slug_unique' ? new Problem('slug_taken') : error
  })
}

/** What differs: as it was, and as it is. */
function changesOf(before: EventRow, after: Values): { before: Partial<Values>; after: Partial<Values> } {
  const names = (Object.keys(after) as (keyof Values)[]).filter(name => !isDeepStrictEqual(before[name], after[name]))
  const of = (values: EventRow | Values) =>
    Object.fromEntries(names.map(name => [name, values[name]])) as Partial<Values>
  return { before: of(before), after: of(after) }
}

/** Posters and links name it. */
function refuseFixedSlug({ status }: EventRow): void {
  if (status === 'planning') return
  const errors = [{ path: 'body.slug', message: 'is fixed once the event has left planning' }]
  throw new Problem('invalid_request', { errors })
}

const basisOf = ({ faceSearchWording }: Values, by: string, at: Date) =>
  faceSearchWording === null ? { faceSearchBy: null, faceSearchAt: null } : { faceSearchBy: by, faceSearchAt: at }
