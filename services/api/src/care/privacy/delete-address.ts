import { logDeletions } from '@pix/db/log-deletions.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { inArray } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { BuyerContext } from '../../base/context.ts'
import { sendLetter } from '../../base/letters.ts'
import { notFound } from '../../base/problem.ts'
import { openedOrders } from '../../shop/orders/index.ts'
import { deleteSearches } from './delete-objects.ts'
import { queueDeletionLetter } from './forget-address.ts'
import { forgetVisits } from './forget-visits.ts'
import { visitsOf } from './my-addresses.ts'
import { rowsNaming } from './rows-naming.ts'

/**
 * Deletes what belongs to the address of an order that this browser opened by a mailed code: searches, carts, letters,
 * requests and objections, also of visits that bought with it while nobody was signed in. Paid orders stay, with their
 * downloads: tax law orders it. A letter to the address confirms it.
 *
 * @throws Problem `not_found` for an order that was not opened here
 */
export async function deleteAddress(ctx: BuyerContext, orderId: string): Promise<void> {
  const order = (await openedOrders(ctx)).find(({ id }) => id === orderId)
  if (!order) throw notFound()
  const { db } = ctx
  const visits = await visitsOf(ctx, [order.email])
  await deleteSearches(ctx, inArray(searches.sessionId, visits))
  const letterId = await db.transaction(async tx => {
    await logDeletions({ ...ctx, db: tx }, [
      { kind: 'address', rows: await rowsNaming(tx, order.email) },
      ...visits.map(sessionId => ({ kind: 'visit' as const, sessionId, userId: null, endsSession: false })),
    ])
    await forgetVisits({ ...ctx, db: tx }, { visits, userId: null, email: order.email })
    await recordAudit({ ...ctx, db: tx }, 'guest.delete', `order:${orderId}`)
    return queueDeletionLetter(ctx, tx, order)
  })
  if (letterId !== null) await sendLetter(ctx, letterId)
}
