import type { Queryable } from '@pix/db/client.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { LetterFacts, LetterSecrets, LetterTemplate } from '@pix/domain/letters.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import type { Context } from './context.ts'

/** The clerk's sweep leaves a letter alone for this long, so that its own job comes first. */
const FIRST_SWEEP_MS = 3_000

/** What writes a letter: the clock, its id, and the storefront that its link names where the letter says no other. */
export type LetterContext = Pick<Context, 'now' | 'newId'> & { storefront: Pick<Context['storefront'], 'studio'> }

interface NewLetter<T extends LetterTemplate> {
  template: T
  /** An e-mail address. */
  to: string
  /** `th` for Thai; any other value means English. */
  locale: string
  facts: LetterFacts<T>
  /** Kept in the row until the letter is sent or given up. */
  secrets: LetterSecrets<T>
  /** The page its link leads to; the token among its secrets follows as the fragment. */
  path: string
  /**
   * Slug of the storefront that the letter's link names, where that is not the storefront of the context; null is the
   * marketplace. A letter that staff cause names it: the host at which they work may not show what the letter is about.
   */
  storefront?: string | null
  /** Names the fact that the letter is about: a second letter with the same key is not written. */
  dedupeKey: string
}

/**
 * Writes a letter in the transaction that causes it. After the commit `sendLetter` makes it leave at once; without it the
 * clerk's sweep finds the row within seconds.
 *
 * @returns its id, or null where the same letter was written before
 */
export async function queueLetter<T extends LetterTemplate>(
  { now, newId, storefront: { studio } }: LetterContext,
  tx: Queryable,
  { to, secrets, storefront = studio?.slug ?? null, ...letter }: NewLetter<T>,
): Promise<string | null> {
  const at = now()
  const [written] = await tx
    .insert(outgoingMail)
    .values({
      id: newId(),
      ...letter,
      storefront,
      recipient: to,
      secrets: Object.keys(secrets).length > 0 ? secrets : null,
      createdAt: at,
      nextTryAt: new Date(at.getTime() + FIRST_SWEEP_MS),
    })
    .onConflictDoNothing({ target: outgoingMail.dedupeKey })
    .returning({ id: outgoingMail.id })
  return written?.id ?? null
}

/** Hands a letter to the clerk, once its transaction has committed. A job that is lost is no loss: the sweep finds the row. */
export async function sendLetter({ enqueue }: Pick<Context, 'enqueue'>, mailId: string): Promise<void> {
  await enqueue(sendMail, { mailId })
}
