import type { Search } from '@pix/contracts/faces.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { searchFaces } from '@pix/jobs/faces.ts'
import { PRIORITY } from '@pix/jobs/job.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { describeSearch, findOwnSearch } from './read-search.ts'

/** Goes on with one of the faces found in the selfie. @throws Problem `illegal_state` unless it is waiting for that */
export async function chooseFace(ctx: BuyerContext, searchId: string, index: number): Promise<Search> {
  const search = await findOwnSearch(ctx, searchId)
  if (index >= search.faceBoxes.length) throw new Problem('illegal_state')
  const [chosen] = await ctx.db
    .update(searches)
    .set({ state: 'queued', chosenFace: index, askedAt: ctx.now() })
    .where(and(eq(searches.id, searchId), eq(searches.state, 'choose_face')))
    .returning()
  if (!chosen) throw new Problem('illegal_state')
  await ctx.enqueue(searchFaces, { searchId, eventId: chosen.eventId }, { priority: PRIORITY.interactive })
  await ctx.live.publish(`search:${searchId}`)
  return describeSearch(chosen)
}
