import type { Queryable } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { eq, sql } from 'drizzle-orm'
import type { LetterContext } from '../../../base/letters.ts'
import { forgetDevices } from '../known-devices.ts'
import { endFamilies } from '../refresh-tokens.ts'
import { queueOwnerLetter } from './queue-owner-letter.ts'

/**
 * Turns off a factor whose owner cannot use it, as part of a transaction: every sign-in of the account ends, its browsers
 * are forgotten, and the owner gets a letter. An account that has to have a factor enrols before anything else.
 *
 * @returns the letter's id
 */
export async function turnOffFactor(
  ctx: LetterContext,
  tx: Queryable,
  userId: string,
  locale: 'th' | 'en',
): Promise<string | null> {
  await tx.delete(secondFactors).where(eq(secondFactors.userId, userId))
  await endFamilies(ctx, tx, userId)
  await forgetDevices(tx, userId)
  await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, userId))
  return queueOwnerLetter(ctx, tx, 'second_factor_off', { userId, locale, left: 0 })
}
