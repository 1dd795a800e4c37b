import { users } from '@pix/db/schema/auth.ts'
import { suppressedAddresses } from '@pix/db/schema/letters.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound } from '../../../base/problem.ts'

/**
 * Takes an address off the list of those that letters are no longer sent to. Letters that were given up meanwhile stay
 * lines of the inbox, where each can be sent again. The audit names the letter that was refused and the account; it names
 * no address, as an address could never be erased there.
 *
 * @param address as the list has it
 * @throws Problem `not_found`
 */
export async function liftAddress(ctx: CallerContext, address: string): Promise<void> {
  await ctx.db.transaction(async tx => {
    const thisOne = eq(suppressedAddresses.address, address.toLowerCase())
    const [lifted] = await tx.delete(suppressedAddresses).where(thisOne).returning()
    if (!lifted) throw notFound()
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, lifted.address))
    const subject = lifted.mailId === null ? 'letters' : `mail:${lifted.mailId}`
    await recordAudit({ ...ctx, db: tx }, 'mail.lift', subject, {
      since: lifted.suppressedAt.toISOString(),
      ...(user && { userId: user.id }),
    })
  })
}
