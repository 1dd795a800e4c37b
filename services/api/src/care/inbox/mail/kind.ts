import type { Queryable } from '@pix/db/client.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { Kind } from '../kind.ts'
import { mayRetry, orderOf } from './letter-facts.ts'

/** Letters that were given up, but for those that somebody asks for again. */
export const mailKind: Kind<'mail'> = {
  open: db =>
    db
      .select({ id: outgoingMail.id, since: sql<Date>`coalesce(${outgoingMail.givenUpAt}, ${outgoingMail.createdAt})` })
      .from(outgoingMail)
      .where(
        and(
          isNull(outgoingMail.sentAt),
          isNull(outgoingMail.nextTryAt),
          sql`${outgoingMail.givenUp} is distinct from 'too_late'`,
        ),
      ),
  describe: async (db, ids) => {
    const letters = await db
      .select()
      .from(outgoingMail)
      .where(inArray(outgoingMail.id, [...ids]))
    const numbers = await orderNumbers(
      db,
      letters.flatMap(letter => orderOf(letter) ?? []),
    )
    return new Map(
      letters.map(letter => {
        const { template, recipient, lastAnswer, attempts: tries } = letter
        const orderNumber = numbers.get(orderOf(letter) ?? '') ?? null
        // The first releases wrote no reason: their letters were given up after a day alone.
        const why = letter.givenUp === null || letter.givenUp === 'too_late' ? 'expired' : letter.givenUp
        return [letter.id, { template, recipient, why, lastAnswer, tries, orderNumber, mayRetry: mayRetry(letter) }]
      }),
    )
  },
}

async function orderNumbers(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: orders.id, number: orders.number })
    .from(orders)
    .where(inArray(orders.id, [...ids]))
  return new Map(rows.map(({ id, number }) => [id, number]))
}
