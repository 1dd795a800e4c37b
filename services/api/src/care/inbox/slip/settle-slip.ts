import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import {
  askGatewaysFirst,
  finishArrival,
  type FoundMoney,
  refuseSlip,
  slipArrived,
} from '../../../money/payments/index.ts'
import { endLine } from '../end-line.ts'

/**
 * Says from its line that the money of a slip is on the statement.
 *
 * @throws Problem `taken_by_another`, `line_closed`, `gateway_silent`, `reference_used`, `money_taken_in`, `order_already_paid`
 */
export async function slipArrivedLine(ctx: CallerContext, id: string, found: FoundMoney): Promise<void> {
  await askGatewaysFirst(ctx, id, found)
  const arrived = await endLine(ctx, { kind: 'slip', id }, tx => slipArrived(ctx, tx, id, found))
  await finishArrival(ctx, arrived)
}

/** Says from its line that the money of a slip did not arrive. @throws Problem `taken_by_another`, `line_closed` */
export async function refuseSlipLine(ctx: CallerContext, id: string, reason: string): Promise<void> {
  const letter = await endLine(ctx, { kind: 'slip', id }, tx => refuseSlip(ctx, tx, id, reason))
  if (letter !== null) await sendLetter(ctx, letter)
}
