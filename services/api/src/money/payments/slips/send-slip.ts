import { type Transfer, SLIPS_AT_ONCE } from '@pix/contracts/transfers.ts'
import type { Tx } from '@pix/db/client.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { readSlip } from '@pix/jobs/slips.ts'
import { slipUploadKey } from '@pix/platform/storage-keys.ts'
import { VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, eq } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import type { BuyerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { type FormParts, receiveFile } from '../../../base/receive-file.ts'
import { findOrder, lockOwnOrder } from '../../../shop/orders/index.ts'
import { accountInForce } from './transfer-account.ts'
import { readTransfer } from './read-transfer.ts'
import { slipWaits } from './waiting-slips.ts'

/**
 * Keeps the picture of a slip until a worker has read it, in a process of its own like every stranger's picture. The order
 * then waits for a person, and does not run out of time.
 *
 * @throws Problem `not_found` for anybody else's order, before a byte is kept; `order_already_paid`, `too_many_slips`,
 *   `no_transfers`
 */
export async function sendSlip(ctx: BuyerContext, orderId: string, form: FormParts): Promise<Transfer> {
  await findOrder(ctx, orderId)
  const bytes = await receiveFile(form)
  const id = ctx.newId()
  await ctx.storage.put(VANISHING_BUCKET, slipUploadKey(id), bytes, { contentType: 'application/octet-stream' })
  try {
    await ctx.db.transaction(tx => insertSlip(ctx, tx, { id, orderId, bytes }))
  } catch (error) {
    // Without its row the sweep would delete it, hours later.
    await ctx.storage.delete(VANISHING_BUCKET, slipUploadKey(id))
    throw error
  }
  await ctx.enqueue(readSlip, { slipId: id })
  return readTransfer(ctx, orderId)
}

async function insertSlip(
  ctx: BuyerContext,
  tx: Tx,
  { id, orderId, bytes }: { id: string; orderId: string; bytes: Buffer },
): Promise<void> {
  const order = await lockOwnOrder(ctx, tx, orderId)
  if (wasPaid(order.status)) throw new Problem('order_already_paid')
  const account = await accountInForce({ ...ctx, db: tx })
  if (!account) throw new Problem('no_transfers')
  if ((await tx.$count(slips, and(eq(slips.orderId, orderId), slipWaits()))) >= SLIPS_AT_ONCE)
    throw new Problem('too_many_slips')
  const pictureHash = createHash('sha256').update(bytes).digest()
  await tx.insert(slips).values({ id, orderId, accountId: account.id, pictureHash, uploadedAt: ctx.now() })
}
