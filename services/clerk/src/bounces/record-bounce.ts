import type { Db } from '@pix/db/client.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { keptAnswer } from '../letters/send-mail.ts'
import type { Bounce } from './read-bounce.ts'

/**
 * Suppresses the address of a letter that bounced for good, and gives the letter up: it is a line of the inbox, and its
 * order says that it was not delivered. Safe to repeat. The letter of an order that meanwhile has a newer one is left: its
 * address was corrected.
 *
 * @returns whether there is such a letter
 */
export async function recordBounce(
  { db, now }: { db: Db; now: () => Date },
  { mailId, answer }: Pick<Bounce, 'mailId' | 'answer'>,
): Promise<boolean> {
  const reason = keptAnswer(answer)
  return db.transaction(async tx => {
    const thisOne = eq(outgoingMail.id, mailId)
    const [letter] = await tx.select().from(outgoingMail).where(thisOne).for('update')
    if (!letter) return false
    await tx
      .insert(suppressedAddresses)
      .values({ address: letter.recipient.toLowerCase(), reason, suppressedAt: now(), mailId })
      .onConflictDoNothing()
    const isOrders = (await tx.$count(orders, eq(orders.letterId, mailId))) > 0
    if (letter.template === 'order_paid' && !isOrders) return true
    await tx
      .update(outgoingMail)
      .set({ sentAt: null, nextTryAt: null, secrets: null, givenUp: 'refused', givenUpAt: now(), lastAnswer: reason })
      .where(and(thisOne, isNotNull(outgoingMail.sentAt)))
    return true
  })
}
