import { FAVOURITES_MOST } from '@pix/contracts/favourites.ts'
import { events } from '@pix/db/schema/events.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { cartOf } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { seenPhoto } from '../../catalogue/photos/index.ts'
import { keep, mergeFavourites } from './merge-favourites.ts'

/**
 * Keeps photos in mind that this visitor sees, bought or not.
 *
 * @throws Problem `not_found`, `favourites_full`
 */
export async function addFavourites(ctx: BuyerContext, photoIds: readonly string[]): Promise<void> {
  const { db, buyer, newId, now } = ctx
  await mergeFavourites(ctx)
  const wanted = [...new Set(photoIds)]
  const { sessionId, userId } = buyer
  const whose = userId === null ? { sessionId } : { userId }
  await db.transaction(async tx => {
    const seen = await tx
      .select({ photoId: photos.id, eventId: photos.eventId })
      .from(photos)
      .innerJoin(events, eq(events.id, photos.eventId))
      .where(and(inArray(photos.id, wanted), seenPhoto(ctx)))
    if (seen.length !== wanted.length) throw notFound()
    await keep(
      tx,
      seen.map(photo => ({ id: newId(), ...whose, ...photo, createdAt: now() })),
    )
    // There may be more favourites after a sign-in merged them: then nothing more can be added.
    if ((await tx.$count(favourites, cartOf(buyer, favourites))) > FAVOURITES_MOST) throw new Problem('favourites_full')
  })
}

/** Removes a favourite, also one whose photo cannot be seen any more. Where there is none, nothing changes. */
export async function removeFavourite(ctx: BuyerContext, photoId: string): Promise<void> {
  await mergeFavourites(ctx)
  await ctx.db.delete(favourites).where(and(cartOf(ctx.buyer, favourites), eq(favourites.photoId, photoId)))
}
