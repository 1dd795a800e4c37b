import type { LetterChoices } from '@pix/contracts/letter-choices.ts'
import { users } from '@pix/db/schema/auth.ts'
import { letterChoices } from '@pix/db/schema/letters.ts'
import { LETTER_CHOICES } from '@pix/domain/letter-choices.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext, Context } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { readStopToken } from './stop-token.ts'

const shownColumns = {
  morning: letterChoices.morning,
  firstSale: letterChoices.firstSale,
  refused: letterChoices.refused,
  organized: letterChoices.organized,
  locale: letterChoices.locale,
}

const UNCHOSEN: LetterChoices = { ...LETTER_CHOICES, locale: 'th' }

/** Which letters the caller gets. */
export async function readChoices({ db, caller }: CallerContext): Promise<LetterChoices> {
  const [chosen] = await db.select(shownColumns).from(letterChoices).where(eq(letterChoices.userId, caller.userId))
  return chosen ?? UNCHOSEN
}

/** Sets which letters the caller gets. */
export async function changeChoices({ db, caller, now }: CallerContext, chosen: LetterChoices): Promise<LetterChoices> {
  const set = { ...chosen, changedAt: now() }
  await db
    .insert(letterChoices)
    .values({ userId: caller.userId, ...set })
    .onConflictDoUpdate({ target: letterChoices.userId, set })
  return chosen
}

/** Ends letters of a kind by the token of one of them. Safe to repeat. @throws Problem `link_used_up` */
export async function stopByLink(ctx: Context, token: string): Promise<void> {
  const { db, now } = ctx
  const stop = readStopToken(ctx, token)
  if (!stop) throw new Problem('link_used_up')
  const { userId, choice } = stop
  const [user] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
  if (!user) return
  const set = { [choice]: false, changedAt: now() }
  await db
    .insert(letterChoices)
    .values({ userId, ...UNCHOSEN, ...set })
    .onConflictDoUpdate({ target: letterChoices.userId, set })
}
