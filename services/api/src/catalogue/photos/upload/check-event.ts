import type { CallerContext } from '../../../base/context.ts'
import { isId } from '../../../base/cursor.ts'
import { Problem } from '../../../base/problem.ts'
import { requireVerifiedEmail } from '../../../people/accounts/index.ts'
import { photographEvent, takesUploads } from '../../events/index.ts'

/** @throws Problem unless the caller may add photos to this event, and it takes some now */
export async function checkEvent(ctx: CallerContext, eventId: string): Promise<string> {
  await requireVerifiedEmail(ctx)
  if (!isId(eventId)) throw new Problem('not_found')
  return photographEvent(ctx, eventId, async (_staff, event) => {
    if (!event.studioOpen) throw new Problem('studio_closed')
    if (!takesUploads(event)) throw new Problem('uploads_closed')
    return event.id
  })
}
