import type { LetterCheck } from '@pix/contracts/checks.ts'
import { users } from '@pix/db/schema/auth.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { LetterTemplate } from '@pix/domain/letters.ts'
import { and, eq } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { queueLetter, sendLetter } from '../../base/letters.ts'
import { notFound } from '../../base/problem.ts'

/**
 * Writes a test letter to the caller's own address; the clerk sends it as any other.
 *
 * @param of the letter whose sample it is; without it the letter says that letters work
 */
export async function sendTestLetter(
  ctx: CallerContext,
  locale: 'th' | 'en',
  of: LetterTemplate | undefined,
): Promise<LetterCheck> {
  const id = await ctx.db.transaction(async tx => {
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, ctx.caller.userId))
    return queueLetter(ctx, tx, {
      template: 'test_letter',
      to: user!.email,
      locale,
      facts: of === undefined ? {} : { of },
      secrets: {},
      path: of === undefined ? '/admin/settings' : `/admin/letters/${of}`,
      dedupeKey: `test_letter:${ctx.newId()}`,
    })
  })
  await sendLetter(ctx, id!)
  return findTestLetter(ctx, id!)
}

/** The state of the test letter. A failed try is reported at once, also while the clerk goes on trying. */
export async function findTestLetter({ db }: CallerContext, mailId: string): Promise<LetterCheck> {
  const [mail] = await db
    .select()
    .from(outgoingMail)
    .where(and(eq(outgoingMail.id, mailId), eq(outgoingMail.template, 'test_letter')))
  if (!mail) throw notFound()
  const { id, recipient: to, sentAt, lastAnswer, givenUp } = mail
  const state = sentAt !== null ? 'sent' : lastAnswer !== null || givenUp !== null ? 'failed' : 'queued'
  return { id, to, state, answer: state === 'failed' ? lastAnswer : null }
}
