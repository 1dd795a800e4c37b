import type { Tx } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { type OrderStatus, mayMove } from '@pix/domain/order-moves.ts'
import { eq } from 'drizzle-orm'
import { Problem } from '../../base/problem.ts'
import type { LockedOrder } from './lock-order.ts'

type Change = Partial<Omit<typeof orders.$inferInsert, 'id' | 'status'>>

/**
 * The one place where an order's status changes: a move that the table does not have is a 409, never a silent no-op.
 *
 * @param order locked by this transaction; its status is set to the new one
 */
export async function moveOrder(tx: Tx, order: LockedOrder, to: OrderStatus, change: Change = {}): Promise<void> {
  if (!mayMove(order.status, to)) {
    throw new Problem('illegal_state', { detail: `an order that is ${order.status} cannot become ${to}` })
  }
  await tx
    .update(orders)
    .set({ ...change, status: to })
    .where(eq(orders.id, order.id))
  order.status = to
}
