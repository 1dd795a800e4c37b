import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { sendLetter } from '../../base/letters.ts'
import { deleteFiles } from '../../catalogue/photos/index.ts'
import { deleteZipsWith } from '../../shop/orders/index.ts'
import type { Decided } from './decide-takedown.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const AT_ONCE = 100

type FinishContext = Pick<Context, 'db' | 'storage' | 'live' | 'now' | 'log'>

/** What follows the commit of a decision. What does not succeed now is repeated by the sweeps. */
export async function finishTakedown(ctx: Context, { eventId, mailIds }: Decided): Promise<void> {
  await ctx.live.publish(`photos:${eventId}`)
  for (const mailId of mailIds) await sendLetter(ctx, mailId)
  await deleteTakenDown(ctx).catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'the files of a photo taken down were not deleted; the sweep will do it'),
  )
}

/**
 * Deletes the files of photos that were taken down, and the ZIPs that hold them. A photo that fails does not stop the
 * others.
 */
export async function deleteTakenDown(ctx: FinishContext): Promise<void> {
  const waiting = await ctx.db
    .select({ id: takedowns.id, photoId: takedowns.photoId })
    .from(takedowns)
    .where(and(eq(takedowns.decision, 'taken_down'), isNull(takedowns.filesGoneAt)))
    .orderBy(asc(takedowns.decidedAt))
    .limit(AT_ONCE)
  const ended = await Promise.allSettled(waiting.map(row => deleteOne(ctx, row)))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}

async function deleteOne(ctx: FinishContext, { id, photoId }: { id: string; photoId: string }): Promise<void> {
  await deleteFiles(ctx, photoId)
  if (!(await deleteZipsWith(ctx, photoId))) return
  await ctx.db.update(takedowns).set({ filesGoneAt: ctx.now() }).where(eq(takedowns.id, id))
}

/** Erases what people wrote, and their addresses, 90 days after the decision: until then they may ask about it. */
export async function eraseRequests({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const over = db
    .select({ id: takedowns.id })
    .from(takedowns)
    .where(lt(takedowns.decidedAt, new Date(now().getTime() - KEPT.takedownDays * DAY_MS)))
  await db
    .update(takedownRequests)
    .set({ statement: null, email: null, erasedAt: now() })
    .where(and(isNull(takedownRequests.erasedAt), inArray(takedownRequests.takedownId, over)))
}

/** Starts the sweeps that do both. */
export const startTakedownSweeps = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'delete_taken_down', MINUTE_MS, () => deleteTakenDown(asSystem(deps))),
  repeat(deps.log, 'erase_takedown_requests', 60 * MINUTE_MS, () => eraseRequests(asSystem(deps))),
]
