import type { outgoingMail } from '@pix/db/schema/letters.ts'
import { LETTERS } from '@pix/domain/letters.ts'

type Letter = typeof outgoingMail.$inferSelect

const ORDER_PAID = 'order_paid:'

/**
 * The order whose downloads a letter brings; null for any other letter. The letter's key begins with
 * `order_paid:<order>`.
 */
export const orderOf = ({ dedupeKey }: Pick<Letter, 'dedupeKey'>): string | null =>
  dedupeKey.startsWith(ORDER_PAID) ? (dedupeKey.slice(ORDER_PAID.length).split(':')[0] ?? null) : null

/**
 * Whether a letter can be sent again. An order's letter is written again, with another link. Any other letter whose
 * link or code is erased would open nothing: its reader must ask for a new one. A letter whose template has no words
 * any more cannot be sent.
 */
export const mayRetry = (letter: Pick<Letter, 'template' | 'dedupeKey'>): boolean =>
  Object.hasOwn(LETTERS, letter.template) && (orderOf(letter) !== null || LETTERS[letter.template].secrets.length === 0)
