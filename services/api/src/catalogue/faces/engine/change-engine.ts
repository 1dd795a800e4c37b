import type { EventEngine, FaceEngine } from '@pix/contracts/face-engine.ts'
import { askReread } from '@pix/db/ask-reread.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { manageEvent } from '../../events/index.ts'
import { readEngine } from './read-engine.ts'
import { notifyObjectors } from './notify-objectors.ts'

/**
 * Has an event's photos read again with another engine; the workers' sweep finds them. Asking again changes nothing,
 * except that photos that failed get new tries. People who object and whom the engine does not know get a letter before
 * the event changes. An event none of whose photos has been read takes the engine at once.
 *
 * @throws Problem `face_engine_missing` while no worker has its weights, `illegal_state` while another change goes on
 */
export async function changeEngine(ctx: CallerContext, eventId: string, engine: FaceEngine): Promise<EventEngine> {
  const { workers, engine: before } = await readEngine(ctx, eventId)
  if (!workers.engines.includes(engine)) throw new Problem('face_engine_missing')
  const asked = await manageEvent(ctx, eventId, async staff => {
    const { db, now, caller } = staff
    const reread = { eventId, model: MODEL_VERSIONS[engine], askedBy: caller.userId, now: now() }
    const outcome = await askReread(db, reread)
    if (outcome.kind === 'not_found') throw notFound()
    if (outcome.kind === 'busy') throw new Problem('illegal_state')
    if (outcome.kind === 'same') return outcome
    const facts = { before: { engine: before }, after: { engine }, how: outcome.kind }
    await recordAudit(staff, 'faces.change_engine', `event:${eventId}`, facts)
    return outcome
  })
  if ('rereadId' in asked) await notifyObjectors(ctx, asked.rereadId)
  return readEngine(ctx, eventId)
}

/** Leaves an event on the engine it has. @throws Problem `illegal_state` when no change goes on */
export async function cancelEngine(ctx: CallerContext, eventId: string): Promise<EventEngine> {
  await manageEvent(ctx, eventId, async staff => {
    const [cancelled] = await staff.db
      .update(faceRereads)
      .set({ cancelledAt: ctx.now() })
      .where(and(eq(faceRereads.eventId, eventId), isGoingOn))
      .returning({ id: faceRereads.id })
    if (!cancelled) throw new Problem('illegal_state')
    await recordAudit(staff, 'faces.keep_engine', `event:${eventId}`)
  })
  return readEngine(ctx, eventId)
}
