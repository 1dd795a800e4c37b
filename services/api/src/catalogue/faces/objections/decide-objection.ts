import type { decideObjection as contract } from '@pix/contracts/objections.ts'
import type { Tx } from '@pix/db/client.ts'
import { deleteFaces } from '@pix/db/delete-faces.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { hiddenFaces, objections } from '@pix/db/schema/objections.ts'
import { faces } from '@pix/db/schema/photos.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { endObjections } from './end-objection.ts'

type Decision = z.output<typeof contract.schema.body>

/**
 * Decides on the faces of an objection that its search was not sure of, as part of a transaction.
 *
 * @throws Problem `line_closed` for an objection that has ended
 */
export async function decideObjection(ctx: CallerContext, tx: Tx, id: string, decided: Decision): Promise<void> {
  const { decision, reason } = decided
  const [objection] = await tx
    .select()
    .from(objections)
    .where(and(eq(objections.id, id), isNull(objections.endedAt)))
    .for('update')
  if (!objection) throw new Problem('line_closed')
  const unsure = and(eq(hiddenFaces.objectionId, id), eq(hiddenFaces.unsure, true))
  const doubtful = await tx
    .select({ faceId: faces.id, photoId: faces.photoId })
    .from(hiddenFaces)
    .innerJoin(faces, eq(faces.id, hiddenFaces.faceId))
    .where(unsure)
  if (decision === 'lift') await endObjections({ ...ctx, db: tx }, eq(objections.id, id), 'lifted')
  if (decision === 'put_back') {
    await tx.delete(hiddenFaces).where(unsure)
    const left = sql`greatest(${objections.faceCount} - ${doubtful.length}, 0)`
    await tx.update(objections).set({ faceCount: left }).where(eq(objections.id, id))
  }
  if (decision === 'keep_out' && objection.kind === 'hide')
    await tx.update(hiddenFaces).set({ unsure: false }).where(unsure)
  if (decision === 'keep_out' && objection.kind === 'delete') await takeOut({ ...ctx, db: tx }, objection, doubtful)
  const facts = { objection: id, kind: objection.kind, after: { decision, reason, faces: doubtful.length } }
  await recordAudit({ ...ctx, db: tx }, 'objection.decide', `event:${objection.eventId}`, facts)
}

async function takeOut(
  ctx: Pick<CallerContext, 'now'> & { db: Tx },
  objection: typeof objections.$inferSelect,
  doubtful: readonly { faceId: string; photoId: string }[],
): Promise<void> {
  const { id: objectionId, eventId, searchId, kind: way, sessionId, userId } = objection
  await deleteFaces(
    ctx.db,
    doubtful.map(({ faceId }) => faceId),
  )
  const those = doubtful.map(face => ({ ...face, unsure: false }))
  const whose = { objectionId, eventId, searchId, way, sessionId, userId }
  await logDeletions(ctx, [{ kind: 'objection', ...whose, faces: those }])
}
