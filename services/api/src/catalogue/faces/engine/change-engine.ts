import type { EventEngine, FaceEngine } from '@pix/contracts/face-engine.ts'
import { askReread } from '@pix/db/ask-reread.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { Caller } from '../../../base/caller.ts'
import type { Deps } from '../../../base/deps.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { readEngine } from './read-engine.ts'

/**
 * Has an event's photos read again with another engine; the workers' sweep finds them. Asking again is harmless, and
 * gives photos that failed new tries. An event none of whose photos has been read takes the engine at once.
 *
 * @throws Problem `face_engine_missing` while no worker has its weights, `illegal_state` while another change goes on
 */
export async function changeEngine(
  deps: Deps,
  eventId: string,
  engine: FaceEngine,
  admin: Caller,
): Promise<EventEngine> {
  const { db, now } = deps
  const { workers } = await readEngine(deps, eventId)
  if (!workers.engines.includes(engine)) throw new Problem('face_engine_missing')
  await db.transaction(async tx => {
    const wish = { eventId, model: MODEL_VERSIONS[engine], askedBy: admin.userId, now: now() }
    const asked = await askReread(tx, wish)
    if (asked.kind === 'not_found') throw notFound()
    if (asked.kind === 'busy') throw new Problem('illegal_state')
    if (asked.kind === 'same') return
    await recordAudit(tx, admin.userId, 'faces.change_engine', `event:${eventId}`, { engine, how: asked.kind })
  })
  return readEngine(deps, eventId)
}

/** Leaves an event on the engine it has. @throws Problem `illegal_state` when no change goes on */
export async function cancelEngine(deps: Deps, eventId: string, admin: Caller): Promise<EventEngine> {
  const { db, now } = deps
  await readEngine(deps, eventId)
  await db.transaction(async tx => {
    const [cancelled] = await tx
      .update(faceRereads)
      .set({ cancelledAt: now() })
      .where(and(eq(faceRereads.eventId, eventId), isGoingOn))
      .returning({ id: faceRereads.id })
    if (!cancelled) throw new Problem('illegal_state')
    await recordAudit(tx, admin.userId, 'faces.keep_engine', `event:${eventId}`, {})
  })
  return readEngine(deps, eventId)
}
