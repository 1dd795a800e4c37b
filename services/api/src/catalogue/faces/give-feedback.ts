import { searchFeedback, searchMatches } from '@pix/db/schema/searches.ts'
import { and, eq } from 'drizzle-orm'
import type { BuyerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'
import { refuseBeyondPeople } from './limit-people.ts'
import { findOwnSearch } from './read-search.ts'

/** "Not me" hides a photo from this search and is kept, without any embedding, for calibration; it can be taken back. */
export async function giveFeedback(
  ctx: BuyerContext,
  { searchId, photoId, isMe }: { searchId: string; photoId: string; isMe: boolean },
): Promise<void> {
  const search = await findOwnSearch(ctx, searchId)
  // Whether a photo is among the results is itself a result, so the limit of people holds here, too.
  if (!search.signedIn && !(await hasVerifiedEmail(ctx))) await refuseBeyondPeople(ctx, search)
  const { eventId } = search
  await ctx.db.transaction(async tx => {
    const [match] = await tx
      .update(searchMatches)
      .set({ hidden: !isMe })
      .where(and(eq(searchMatches.searchId, searchId), eq(searchMatches.photoId, photoId)))
      .returning()
    if (!match) throw notFound()
    const { distance, band } = match
    await tx.insert(searchFeedback).values({ id: ctx.newId(), eventId, distance, band, isMe, createdAt: ctx.now() })
  })
}
