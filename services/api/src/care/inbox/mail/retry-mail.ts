import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { resendLink } from '../../../shop/orders/index.ts'
import { endLine } from '../end-line.ts'
import { mayRetry, orderOf } from './letter-facts.ts'

type Letter = typeof outgoingMail.$inferSelect

/**
 * Sends a letter again that was given up. Its address is no longer suppressed, because the person who presses the
 * button knows that it is right. The audit names the letter, and the order or the account that it is about. It names no
 * address, as an address could never be erased there.
 *
 * @param email a corrected address, for an order's letter alone; the order gets it, too
 * @throws Problem `illegal_state` for a letter that cannot be sent again, or to another address; `email_settled`
 */
export async function retryMail(ctx: CallerContext, mailId: string, email?: string): Promise<void> {
  const letterId = await endLine(ctx, { kind: 'mail', id: mailId }, async tx => {
    const [letter] = await tx.select().from(outgoingMail).where(eq(outgoingMail.id, mailId))
    if (!letter || !mayRetry(letter)) throw new Problem('illegal_state')
    const orderId = orderOf(letter)
    const sent = orderId === null ? await sendSame(ctx, tx, letter, email) : await resendLink(ctx, tx, orderId, email)
    if (!sent) throw new Problem('illegal_state')
    await tx.delete(suppressedAddresses).where(eq(suppressedAddresses.address, sent.email.toLowerCase()))
    const about = orderId === null ? { userId: await ownerOf(tx, letter) } : { orderId }
    await recordAudit({ ...ctx, db: tx }, 'mail.retry', `mail:${mailId}`, { template: letter.template, ...about })
    return sent.letterId
  })
  await sendLetter(ctx, letterId)
}

async function sendSame({ now }: CallerContext, tx: Tx, { id, recipient }: Letter, email?: string) {
  if (email !== undefined) return null
  await tx
    .update(outgoingMail)
    .set({ attempts: 0, nextTryAt: now(), givenUp: null, givenUpAt: null })
    .where(eq(outgoingMail.id, id))
  return { letterId: id, email: recipient }
}

/** The account that has the letter's address, if any. */
async function ownerOf(tx: Tx, { recipient }: Letter): Promise<string | null> {
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, recipient.toLowerCase()))
  return user?.id ?? null
}
