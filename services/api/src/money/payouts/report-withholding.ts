import { baht } from '@pix/contracts/common.ts'
import type { withholdingReport as contract } from '@pix/contracts/payouts.ts'
import { documentContents, documents } from '@pix/db/schema/documents.ts'
import { payoutLines } from '@pix/db/schema/payouts.ts'
import { openCertificate } from '@pix/db/sealed/document-content.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, asc, eq, ne } from 'drizzle-orm'
import type { z } from 'zod'
import { withinMonth } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { inStudio } from '../../people/studios/index.ts'

type Report = z.output<(typeof contract.schema.response)[200]>
type Query = z.output<typeof contract.schema.querystring>

/**
 * What was withheld in a month, by the certificates that are not void: P.N.D. 3 of private persons, P.N.D. 53 of companies.
 *
 * @throws Problem `not_found` for a studio that the caller does not own
 */
export const reportWithholding = (ctx: CallerContext, studioId: string, { month, form }: Query): Promise<Report> =>
  inStudio(ctx, studioId, ['owner'], async staff => {
    const rows = await staff.db
      .select({ row: documents, content: documentContents.content })
      .from(documents)
      .innerJoin(documentContents, eq(documentContents.documentId, documents.id))
      .innerJoin(payoutLines, and(eq(payoutLines.id, documents.sourceId), ne(payoutLines.state, 'bounced')))
      .where(
        and(
          eq(documents.studioId, studioId),
          eq(documents.kind, 'withholding_certificate'),
          withinMonth(documents.datedAt, month),
        ),
      )
      .orderBy(asc(documents.datedAt), asc(documents.number))
    const items = rows.flatMap(({ row, content }) => {
      const { payee, income, rateBp, paid, withheld } = openCertificate(ctx.settings.COLUMN_KEYS, row, content)
      const { name, address, taxId } = payee
      if (payee.form !== form) return []
      const sums = { paid: baht(paid), withheld: baht(withheld) }
      return [{ date: bangkokDay(row.datedAt), number: row.number, name, address, taxId, income, rateBp, ...sums }]
    })
    const sum = (of: 'paid' | 'withheld') => baht(items.reduce((all, line) => all + line[of].amount, 0))
    return { items, paid: sum('paid'), withheld: sum('withheld') }
  })
