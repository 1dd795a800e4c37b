import type { Tx } from '@pix/db/client.ts'
import type { Deletion } from '@pix/db/deletion.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { takedowns } from '@pix/db/schema/takedowns.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { withdrawPhoto } from './decide-takedown.ts'

/** What the photographer reads: the reason was lost with the database. */
const AGAIN = 'ทีมงานนำรูปออกจากร้านตามคำขอ · Taken down on request'

/**
 * Takes a photo down again in a restored database, as part of a transaction. Nobody is written to a second time. The
 * files are deleted by the sweep of takedowns.
 *
 * @returns whether the photo is there
 */
export async function takeDownAgain(
  ctx: Pick<Context, 'now'> & { db: Tx },
  { takedownId, photoId, decidedBy }: Extract<Deletion, { kind: 'takedown' }>,
  at: Date,
): Promise<boolean> {
  const { db } = ctx
  const [photo] = await db.select({ id: photos.id }).from(photos).where(eq(photos.id, photoId))
  if (!photo) return false
  const [decider] = await db.select({ userId: users.id }).from(users).where(eq(users.id, decidedBy))
  await withdrawPhoto({ ...ctx, caller: decider ?? null }, db, photoId, AGAIN)
  const decision = {
    decision: 'taken_down',
    decisionReason: AGAIN,
    decidedBy: decider?.userId ?? null,
    decidedAt: at,
  } as const
  const open = await db
    .update(takedowns)
    .set(decision)
    .where(and(eq(takedowns.photoId, photoId), isNull(takedowns.decidedAt)))
  if ((open.rowCount ?? 0) === 0)
    await db.insert(takedowns).values({ id: takedownId, photoId, openedAt: at, ...decision })
  return true
}
