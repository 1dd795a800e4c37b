import { baht } from '@pix/contracts/common.ts'
import type { SalesTaxLine, salesTaxReport as contract } from '@pix/contracts/documents.ts'
import { documentContents, documents } from '@pix/db/schema/documents.ts'
import { openContent } from '@pix/db/sealed/document-content.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { withinMonth } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isMs } from '../../base/cursor.ts'
import { inStudio, isOfList, type Listed, MANAGERS } from '../../people/studios/index.ts'
import { selectDocuments, type SelectedDocument } from './read-documents.ts'

type Query = z.output<typeof contract.schema.querystring>
type Report = z.output<(typeof contract.schema.response)[200]>

/**
 * The report of output tax of a month (Revenue Code section 87): every document with VAT on it, by its date. A void
 * document stands there with 0, so that no number is missing; a credit note is subtracted.
 *
 * @param query.month `2026-11`, of Thailand
 * @throws Problem `not_found` for a studio that the caller does not manage
 */
export const reportSalesTax = (
  ctx: CallerContext,
  studioId: string,
  { month, cursor, limit }: Query,
): Promise<Report> =>
  inStudio(ctx, studioId, MANAGERS, async staff => {
    const after = decodeCursor(cursor, ([at, number]) =>
      isMs(at) && typeof number === 'string' ? { at: new Date(at), number } : null,
    )
    const isFurther =
      after &&
      sql`(${documents.datedAt}, ${documents.number}) > (${after.at.toISOString()}::timestamptz, ${after.number}::text)`
    const isListed = and(eq(documents.studioId, studioId), hasTax)
    const further = await selectDocuments(
      staff,
      and(isListed, withinMonth(documents.datedAt, month), isFurther ?? undefined),
    )
      .orderBy(asc(documents.datedAt), asc(documents.number))
      .limit(limit + 1)
    const found = further.slice(0, limit)
    const last = further.length > limit ? found.at(-1)?.row : undefined
    const contents = await contentsOf(
      staff,
      found.map(({ row }) => row.id),
    )
    const items = found.map(({ row, replacedBy }): SalesTaxLine => {
      const { buyer } = openContent(ctx.settings.COLUMN_KEYS, row, contents.get(row.id)!)
      const sign = signOf({ row, replacedBy })
      return {
        date: bangkokDay(row.datedAt),
        number: row.number,
        kind: row.kind,
        buyer: buyer?.name ?? '',
        taxId: buyer?.taxId ?? null,
        branch: buyer?.branch ?? null,
        base: baht(sign * (row.taxable - row.vat) || 0),
        vat: baht(sign * row.vat || 0),
        replacedBy,
      }
    })
    return { items, nextCursor: last ? encodeCursor([last.datedAt.getTime(), last.number]) : null }
  })

const hasTax = gt(documents.taxable, 0)

/** A void document counts 0, and a credit note is subtracted. */
const signOf = ({ row, replacedBy }: Pick<SelectedDocument, 'row' | 'replacedBy'>): -1 | 0 | 1 =>
  replacedBy !== null ? 0 : row.kind === 'credit_note' ? -1 : 1

/** Satang of VAT that the report of a month adds up to, of a studio or of all. */
export async function sumSalesTax(list: Listed, month: string): Promise<number> {
  const found = await selectDocuments(
    list,
    and(isOfList(list, documents.studioId), hasTax, withinMonth(documents.datedAt, month)),
  )
  return found.reduce((all, one) => all + signOf(one) * one.row.vat, 0)
}

async function contentsOf({ db }: Parameters<typeof selectDocuments>[0], ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await db
    .select()
    .from(documentContents)
    .where(inArray(documentContents.documentId, [...ids]))
  return new Map(rows.map(({ documentId, content }) => [documentId, content]))
}
