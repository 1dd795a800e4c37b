import type { outgoingMail } from '@pix/db/schema/letters.ts'
import { LETTERS } from '@pix/domain/letters.ts'

type Letter = typeof outgoingMail.$inferSelect

const ORDER_PAID = 'order_paid:'

/** The order whose downloads a letter brings; null for any other letter. Its key is `order_paid:<order>`, and more behind it. */
export const orderOf = ({ dedupeKey }: Pick<Letter, 'dedupeKey'>): string | null =>
  dedupeKey.startsWith(ORDER_PAID) ? (dedupeKey.slice(ORDER_PAID.length).split(':')[0] ?? null) : null

/**
 * An order's letter is written again, with another link. Any other letter whose link or code is erased would open nothing:
 * a new one must be asked for. One that has no words any more cannot be sent.
 */
export const mayRetry = (letter: Pick<Letter, 'template' | 'dedupeKey'>): boolean =>
  Object.hasOwn(LETTERS, letter.template) && (orderOf(letter) !== null || LETTERS[letter.template].secrets.length === 0)
