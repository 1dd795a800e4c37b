import type { exportPayouts as contract } from '@pix/contracts/payouts.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { BANKS } from '@pix/domain/banks.ts'
import { formatBaht } from '@pix/domain/money.ts'
import { stringify } from 'csv-stringify/sync'
import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { openAccount } from '../../people/payees/index.ts'
import { lockBatch } from './draft-batch.ts'
import { lineNumber } from './line-number.ts'
import { settleBatch } from './read-batches.ts'

type File = z.output<(typeof contract.schema.response)[200]>

const HEAD = ['no', 'bank_code', 'bank', 'account_number', 'account_name', 'amount_thb', 'reference']

/**
 * The file for the bank: one row for each transfer that is approved and not settled. A transfer has the same number in
 * every download. Cells are escaped, so that a spreadsheet runs no formula. The file holds whole account numbers: each
 * download is audited.
 *
 * @param isAgain true when the caller knows that the file was taken before
 * @throws Problem `not_found`, `illegal_state` for one that is not approved, or was taken before by somebody else
 */
export const exportBatch = (ctx: CallerContext, batchId: string, isAgain: boolean): Promise<File> =>
  settleBatch(ctx, batchId, async staff => {
    const { number, state } = await lockBatch(staff, batchId, isAgain ? ['approved', 'exported'] : ['approved'])
    const rows = await staff.db
      .select({ line: payoutLines, account: payeeAccounts })
      .from(payoutLines)
      .innerJoin(payeeAccounts, and(eq(payeeAccounts.id, payoutLines.accountId), isNotNull(payeeAccounts.details)))
      .where(and(eq(payoutLines.batchId, batchId), eq(payoutLines.state, 'approved')))
      .orderBy(asc(payoutLines.position))
    if (state === 'approved')
      await staff.db
        .update(payoutBatches)
        .set({ state: 'exported', exportedAt: ctx.now(), exportedBy: ctx.caller.userId })
        .where(eq(payoutBatches.id, batchId))
    await recordAudit(staff, 'payout.export', `payout:${batchId}`, { after: { number, lines: rows.length } })
    const records = rows.map(({ line, account }) => {
      const { bank, account: digits, accountName } = openAccount(ctx, account)
      const baht = formatBaht(line.net).replaceAll(',', '')
      return [line.position, bank, BANKS[bank].en, digits, accountName, baht, lineNumber(number, line)]
    })
    return { fileName: `${number}.csv`, csv: stringify([HEAD, ...records], { bom: true, escape_formulas: true }) }
  })
