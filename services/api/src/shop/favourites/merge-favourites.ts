import type { Tx } from '@pix/db/client.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { ownedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'

/**
 * As carts are merged: after a sign-in the first look brings in what the visitor kept before. A photo of both stays
 * once.
 */
export async function mergeFavourites({ db, buyer, newId }: BuyerContext): Promise<void> {
  const { userId } = buyer
  if (userId === null || (await db.$count(favourites, ownedBy(buyer, favourites))) === 0) return
  await db.transaction(async tx => {
    // When two requests look at once, the second waits here and finds nothing left.
    const gathered = await tx.delete(favourites).where(ownedBy(buyer, favourites)).returning()
    await keep(
      tx,
      gathered.map(row => ({ ...row, id: newId(), sessionId: null, userId })),
    )
  })
}

export async function keep(tx: Tx, rows: readonly (typeof favourites.$inferInsert)[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(favourites)
      .values([...rows])
      .onConflictDoNothing()
}
