import { notAmong } from '@pix/db/not-among.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { groupFaces } from '@pix/jobs/faces.ts'
import { enqueueWaiting } from '@pix/jobs/enqueue-waiting.ts'
import { GROUPING_TRIES } from '@pix/domain/tries.ts'
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { SweepDeps } from '../sweep-deps.ts'

/** Photos arrive one after the other: a minute's worth of them is grouped together. */
const REST_MS = 60_000

/**
 * Enqueues the events whose people were asked for and that have changed since they were grouped; an event whose
 * grouping failed too often rests until an admin asks again.
 */
export async function enqueueGroupings({ db, enqueue, now }: SweepDeps): Promise<void> {
  await enqueueWaiting(enqueue, groupFaces, enqueued =>
    db
      .select({ eventId: eventPeople.eventId })
      .from(eventPeople)
      .innerJoin(events, eq(events.id, eventPeople.eventId))
      .where(
        and(
          sql`${eventPeople.revision} is distinct from ${events.indexRevision}`,
          isNotNull(events.faceSearchAt),
          sql`${eventPeople.attempts} < ${GROUPING_TRIES}`,
          or(isNull(eventPeople.triedAt), lt(eventPeople.triedAt, new Date(now().getTime() - REST_MS))),
          notAmong(eventPeople.eventId, enqueued),
        ),
      ),
  )
}
