import type { movePhotos as contract } from '@pix/contracts/managed-photos.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { manageEvent } from '../../catalogue/events/index.ts'
import { checkTarget, movePhoto } from './move-photo.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/**
 * Moves photos to another event of their studio, one after the other. When the request is repeated, photos that were
 * moved are answered as missing. What cannot be moved stays as it is, and the answer says why.
 *
 * @throws Problem `not_found` unless the caller manages the event; `uploads_closed`, `studio_closed` where it takes no
 *   photos
 */
export async function movePhotos(
  ctx: CallerContext,
  { eventId, photoIds }: z.output<typeof contract.schema.body>,
): Promise<Answer> {
  const target = await manageEvent(ctx, eventId, async ({ studioId }, event) => {
    checkTarget(event)
    return { id: event.id, studioId }
  })
  const answer: Answer = { moved: [], left: [] }
  const touched = new Set<string>()
  for (const id of new Set(photoIds)) {
    const moved = await movePhoto(ctx, target, id)
    if ('why' in moved) answer.left.push({ id, why: moved.why })
    else {
      answer.moved.push({ id, becameId: moved.becameId })
      touched.add(moved.from).add(target.id)
    }
  }
  for (const event of touched) await ctx.live.publish(`photos:${event}`)
  return answer
}
