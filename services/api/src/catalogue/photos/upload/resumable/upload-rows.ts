import { users } from '@pix/db/schema/auth.ts'
import { resumableUploads } from '@pix/db/schema/photos.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { CallerContext, Joining } from '../../../../base/context.ts'
import { cleanFileName } from '../../../../base/clean-file-name.ts'
import { isId } from '../../../../base/cursor.ts'
import { notFound, Problem } from '../../../../base/problem.ts'
import { checkEvent } from '../check-event.ts'

export type ResumableUpload = typeof resumableUploads.$inferSelect

/** How long an upload can be resumed. Its pieces go later: face-worker/sweep-uploads.ts. */
export const RESUMABLE_MS = KEPT.resumableHours * 3_600_000

export interface NewUpload {
  id: string
  eventId: string
  fileName: string
  bytes: number
}

/** @throws Problem as a form upload to the same event would be refused */
export async function addUpload(ctx: CallerContext, given: NewUpload): Promise<ResumableUpload> {
  const eventId = await checkEvent(ctx, given.eventId)
  if (given.bytes === 0) throw new Problem('empty_file')
  return ctx.db.transaction(async db => {
    const { now, caller } = ctx
    await refuseTooMany({ ...ctx, db })
    const values = { ...given, eventId, fileName: cleanFileName(given.fileName), photographerId: caller.userId }
    const [upload] = await db
      .insert(resumableUploads)
      .values({ ...values, createdAt: now() })
      .returning()
    return upload!
  })
}

/** Limits the unfinished uploads of one person. The person's row is locked, so that two requests count one after the other. */
async function refuseTooMany({ db, now, caller, settings }: Joining<CallerContext>): Promise<void> {
  await db.select({ id: users.id }).from(users).where(eq(users.id, caller.userId)).for('no key update')
  const unfinished = and(isOwn(caller.userId, now()), isNull(resumableUploads.photoId))
  if ((await db.$count(resumableUploads, unfinished)) >= settings.LIMIT_UNFINISHED_UPLOADS)
    throw new Problem('rate_limited', { retryAfterSeconds: 60 })
}

const isOwn = (userId: string, at: Date) =>
  and(
    eq(resumableUploads.photographerId, userId),
    gt(resumableUploads.createdAt, new Date(at.getTime() - RESUMABLE_MS)),
  )

/** The caller's own upload. @throws Problem `not_found` also once its time is over */
export async function ownUpload({ db, now, caller }: CallerContext, id: string): Promise<ResumableUpload> {
  if (!isId(id)) throw notFound()
  const [upload] = await db
    .select()
    .from(resumableUploads)
    .where(and(eq(resumableUploads.id, id), isOwn(caller.userId, now())))
  if (!upload) throw notFound()
  return upload
}

/** Deletes an upload, its pieces first: while the row stands, the sweep comes for both. May be repeated. */
export async function dropUpload(
  { db, storage }: Pick<CallerContext, 'db' | 'storage'>,
  { id, pieces }: Pick<ResumableUpload, 'id' | 'pieces'>,
): Promise<void> {
  await storage.delete(VANISHING_BUCKET, pieces)
  await db.delete(resumableUploads).where(eq(resumableUploads.id, id))
}
