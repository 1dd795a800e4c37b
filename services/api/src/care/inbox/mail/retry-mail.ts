import { cleanEmail } from '@pix/contracts/email.ts'
import type { Tx } from '@pix/db/client.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { endLine } from '../end-line.ts'
import { mayRetry, orderOf } from './letter-facts.ts'

/**
 * Sends a letter again that was given up. Its address is no longer suppressed: who presses this knows that it is right.
 *
 * @param email a corrected address, of an order's letter alone; the order has it from now on, too
 * @throws Problem `illegal_state` for a letter that cannot be sent again, or to another address
 */
export async function retryMail(ctx: CallerContext, mailId: string, email?: string): Promise<void> {
  await endLine(ctx, { kind: 'mail', id: mailId }, async tx => {
    const [letter] = await tx.select().from(outgoingMail).where(eq(outgoingMail.id, mailId))
    const corrected = email === undefined ? null : cleanEmail(email)
    if (!letter || !mayRetry(letter)) throw new Problem('illegal_state')
    const recipient = corrected ?? letter.recipient
    if (recipient !== letter.recipient) await correctOrder(tx, orderOf(letter), recipient)
    await tx.delete(suppressedAddresses).where(eq(suppressedAddresses.address, recipient.toLowerCase()))
    await tx
      .update(outgoingMail)
      .set({ recipient, attempts: 0, nextTryAt: ctx.now(), givenUp: null, givenUpAt: null })
      .where(eq(outgoingMail.id, mailId))
    const facts = { template: letter.template, before: { to: letter.recipient }, after: { to: recipient } }
    await recordAudit({ ...ctx, db: tx }, 'mail.retry', `mail:${mailId}`, facts)
  })
  await sendLetter(ctx, mailId)
}

async function correctOrder(tx: Tx, orderId: string | null, email: string): Promise<void> {
  if (orderId === null) throw new Problem('illegal_state')
  await tx.update(orders).set({ email }).where(eq(orders.id, orderId))
}
