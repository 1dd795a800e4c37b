import type { Payee } from '@pix/contracts/refunds.ts'
import type { CallerContext } from '../../../base/context.ts'
import { applyReceipt, finishApplication, giveBack } from '../../../money/refunds/index.ts'
import { endLine } from '../end-line.ts'

/** How much came, where only the account's statement says it. */
type Found = { amount: number } | undefined

/** Lets money pay an order, from its line. @throws Problem `taken_by_another`, `line_closed`, and what refuses the order */
export async function applyReceiptLine(
  ctx: CallerContext,
  id: string,
  { orderNumber, amount }: { orderNumber?: string | undefined; amount?: Found },
): Promise<void> {
  const to = { orderNumber, found: amount?.amount }
  const orderId = await endLine(ctx, { kind: 'receipt', id }, tx => applyReceipt(ctx, tx, id, to))
  await finishApplication(ctx, orderId)
}

/**
 * Gives money back, from its line; another line follows for the transfer. @throws Problem `taken_by_another`,
 * `line_closed`
 */
export const giveBackLine = (
  ctx: CallerContext,
  id: string,
  { payee, amount }: { payee: Payee | null; amount?: Found },
): Promise<void> => endLine(ctx, { kind: 'receipt', id }, tx => giveBack(ctx, tx, id, { payee, found: amount?.amount }))
