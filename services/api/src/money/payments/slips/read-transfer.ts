import { type Slip, SLIPS_AT_ONCE, type Transfer } from '@pix/contracts/transfers.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { wasPaid } from '@pix/domain/order-moves.ts'
import { desc, eq } from 'drizzle-orm'
import type { BuyerContext, Context, Joining } from '../../../base/context.ts'
import { contactLine } from '../../../base/support-contacts.ts'
import { findOrder } from '../../../shop/orders/index.ts'
import { drawPromptPayQr } from '../gateways/promptpay-qr.ts'
import { accountInForce } from './transfer-account.ts'

/** How this buyer pays an order by a transfer, and what happened to its slips. @throws Problem `not_found` for anybody else's */
export async function readTransfer(ctx: BuyerContext, orderId: string): Promise<Transfer> {
  const order = await findOrder(ctx, orderId)
  const found = await accountInForce(ctx)
  const sent = await slipsOf(ctx, orderId)
  const isPaid = wasPaid(order.status)
  const waiting = sent.filter(({ state }) => state === 'reading' || state === 'waiting').length
  const isPayable = !isPaid && found?.promptpay !== null && found !== null
  const qr = isPayable ? await drawQr(found.promptpay!, order) : null
  return {
    orderId,
    orderNumber: order.number,
    orderStatus: order.status,
    amount: order.total,
    account: found && { bank: found.bank, number: found.number, name: found.name, promptpay: found.promptpay },
    qrImage: qr && `data:image/png;base64,${qr.toString('base64')}`,
    slips: sent,
    maySend: !isPaid && found !== null && waiting < SLIPS_AT_ONCE,
    maxBytes: ctx.settings.SELFIE_MAX_BYTES,
    contact: await contactLine(ctx),
  }
}

const drawQr = (promptpay: string, { total, number }: { total: Transfer['amount']; number: string }) =>
  drawPromptPayQr({ account: promptpay, amount: total.amount, ref1: number.replace(/\W/g, '') })

async function slipsOf({ db }: Pick<Joining<Context>, 'db'>, orderId: string): Promise<Slip[]> {
  const rows = await db
    .select()
    .from(slips)
    .where(eq(slips.orderId, orderId))
    .orderBy(desc(slips.uploadedAt), desc(slips.id))
    .limit(20)
  return rows.map(row => ({
    id: row.id,
    state: row.state,
    fault: row.fault,
    reference: row.reference,
    uploadedAt: row.uploadedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.decisionReason,
  }))
}
