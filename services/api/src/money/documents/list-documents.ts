import type { DocumentOfStudio, listDocuments as contract } from '@pix/contracts/documents.ts'
import { documents } from '@pix/db/schema/documents.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { and, desc, inArray, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../base/cursor.ts'
import { inNamedStudio, isOfList } from '../../people/studios/index.ts'
import { isReadable, selectDocuments, toDocument } from './read-documents.ts'

type Query = z.output<typeof contract.schema.querystring>

/** Documents of a studio, newest first, by (issuedAt, id); certificates for owners alone. @throws Problem `not_found` for a studio that the caller does not manage */
export const listDocuments = (
  ctx: CallerContext,
  { studio, limit, cursor, number }: Query,
): Promise<{ items: DocumentOfStudio[]; nextCursor: string | null }> =>
  inNamedStudio(ctx, studio, async list => {
    const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
    const found = await selectDocuments(
      list,
      and(
        isOfList(list, documents.studioId),
        isReadable(ctx),
        number === undefined ? undefined : isNumbered(list, number),
        after === null
          ? undefined
          : sql`(${documents.issuedAt}, ${documents.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
      .orderBy(desc(documents.issuedAt), desc(documents.id))
      .limit(limit + 1)
    const rows = found.slice(0, limit)
    const last = found.length > rows.length ? rows.at(-1) : undefined
    const numbers = await orderNumbers(
      list,
      rows.flatMap(({ row }) => row.orderId ?? []),
    )
    return {
      items: rows.map(one => ({
        ...toDocument(one),
        orderNumber: numbers.get(one.row.orderId ?? '') ?? null,
        issuedAt: one.row.issuedAt.toISOString(),
      })),
      nextCursor: last ? encodeCursor([last.row.issuedAt.getTime(), last.row.id]) : null,
    }
  })

type List = Parameters<typeof selectDocuments>[0]

/** The document's or its order's number begins with what was typed. */
function isNumbered({ db }: List, typed: string) {
  const beginning = sql`escape_like(${typed.toUpperCase()}) || '%'`
  const its = db
    .select({ id: orders.id })
    .from(orders)
    .where(sql`${orders.number} like ${beginning}`)
  return or(sql`${documents.number} like ${beginning}`, inArray(documents.orderId, its))
}

async function orderNumbers({ db }: List, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: orders.id, number: orders.number })
    .from(orders)
    .where(inArray(orders.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, number }) => [id, number]))
}
