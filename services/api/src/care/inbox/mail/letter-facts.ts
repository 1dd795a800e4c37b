import type { outgoingMail } from '@pix/db/schema/letters.ts'
import { LETTERS } from '@pix/domain/letters.ts'

type Letter = typeof outgoingMail.$inferSelect

const ORDER_PAID = 'order_paid:'

/** The order whose downloads a letter brings; null for any other letter. */
export const orderOf = ({ dedupeKey }: Pick<Letter, 'dedupeKey'>): string | null =>
  dedupeKey.startsWith(ORDER_PAID) ? dedupeKey.slice(ORDER_PAID.length) : null

/** A letter whose link or code is erased would open nothing: a new one must be asked for. Nor can one that has no words any more. */
export const mayRetry = ({ template, secrets }: Pick<Letter, 'template' | 'secrets'>): boolean =>
  Object.hasOwn(LETTERS, template) && (secrets !== null || LETTERS[template].secrets.length === 0)
