import type { ReviewPhoto, reviewPhotos as contract } from '@pix/contracts/photo-review.ts'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { believableTimes, type EventRow, manageEvent } from '../../events/index.ts'
import { type Folded, foldBursts } from '@pix/domain/fold-bursts.ts'
import { isShown } from './originals.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/** A change may be committed this long after the instant that it is written with. */
const COMMIT_MS = 10_000

/** What is asked for of each photo that is, or was, to be reviewed. */
const columns = {
  id: photos.id,
  fileName: photos.fileName,
  width: photos.width,
  height: photos.height,
  averageColor: photos.averageColor,
  takenAt: photos.takenAt,
  createdAt: photos.createdAt,
  camera: photos.camera,
  photographerId: photos.photographerId,
  approval: photos.approval,
  rejectReason: photos.rejectReason,
  faces: photos.faceCount,
  sharpness: photos.sharpness,
  perceptualHash: photos.perceptualHash,
  format: photos.format,
  state: photos.state,
  processedAt: photos.processedAt,
  decidedAt: photos.decidedAt,
}

/**
 * What an event's manager decides about, in one query. With `since` it gives only photos that changed, and whole bursts
 * of new photos, since another photo of a burst may be the sharpest now. Every open page asks every few seconds, so a
 * first query asks whether anything changed; thousands of rows are read only if it did.
 */
export async function reviewPhotos(ctx: CallerContext, eventId: string, since?: string): Promise<Answer> {
  const at = ctx.now().toISOString()
  const after = since === undefined ? null : new Date(Date.parse(since) - COMMIT_MS)
  return manageEvent(ctx, eventId, async (staff, event) => {
    if (after) {
      const { changed, ...counts } = await countPhotos(staff, event, after)
      if (!changed) return { at, photos: [], photographers: [], ...counts }
    }
    return { at, ...newsOf(await findPhotos(staff, event), after) }
  })
}

/** Photos that failed are their photographer's affair. */
const ofReview = (event: EventRow) =>
  and(
    eq(photos.eventId, event.id),
    inArray(photos.state, ['queued', 'processing', 'processed']),
    isNull(photos.takenDownAt),
  )

async function countPhotos({ db }: StaffContext, event: EventRow, after: Date) {
  const [counts] = await db
    .select({
      total: sql<number>`(count(*) filter (where ${photos.state} = 'processed'))::int`,
      coming: sql<number>`(count(*) filter (where ${photos.state} <> 'processed'))::int`,
      changed: sql<boolean>`coalesce(max(greatest(${photos.processedAt}, ${photos.decidedAt})) > ${after.toISOString()}, false)`,
    })
    .from(photos)
    .where(ofReview(event))
  return counts!
}

function newsOf(rows: Awaited<ReturnType<typeof findPhotos>>, after: Date | null): Omit<Answer, 'at'> {
  const isNews = (time: Date | null) => after === null || (time !== null && time > after)
  const open = foldBursts(rows.filter(row => row.state === 'processed'))
  const touched = new Set(open.flatMap(row => (row.burst !== null && isNews(row.processedAt) ? row.burst : [])))
  const news = open.filter(
    row => isNews(row.processedAt) || isNews(row.decidedAt) || (row.burst !== null && touched.has(row.burst)),
  )
  const people = new Map(news.map(row => [row.photographerId, row.photographerName]))
  return {
    photos: news.map(toReviewPhoto),
    total: open.length,
    photographers: [...people].map(([id, name]) => ({ id, name })),
    coming: rows.length - open.length,
  }
}

async function findPhotos({ db }: StaffContext, event: EventRow) {
  const { from, to } = believableTimes(event)
  const rows = await db
    .select({ ...columns, photographerName: users.name })
    .from(photos)
    .innerJoin(users, eq(users.id, photos.photographerId))
    .where(ofReview(event))
  return rows.map(row => ({
    ...row,
    takenAt: row.takenAt && row.takenAt >= from && row.takenAt <= to ? row.takenAt : null,
  }))
}

const toReviewPhoto = (row: Folded<Awaited<ReturnType<typeof findPhotos>>[number]>): ReviewPhoto => ({
  id: row.id,
  fileName: row.fileName,
  width: row.width ?? 0,
  height: row.height ?? 0,
  averageColor: row.averageColor,
  takenAt: row.takenAt?.toISOString() ?? null,
  photographerId: row.photographerId,
  approval: row.approval,
  rejectReason: row.rejectReason,
  faces: row.faces,
  sharpness: row.sharpness,
  burst: row.burst,
  shown: isShown(row.format),
})
