import type { WithholdingLine } from '@pix/contracts/payouts.ts'
import { groupTaxId } from '@pix/domain/tax-id.ts'

type Say = (key: string) => string

const COLUMNS = [
  'rank',
  'taxId',
  'name',
  'address',
  'date',
  'income',
  'rate',
  'paid',
  'withheld',
  'condition',
  'note',
] as const

/** P.N.D. 3 or 53 as rows, with the columns of the form's attachment: its head, a row for each certificate, and the sums in baht. */
export function withholdingRows(items: readonly WithholdingLine[], t: Say): (string | number)[][] {
  const sum = (of: 'paid' | 'withheld') => items.reduce((all, line) => all + line[of].amount, 0) / 100
  const rows = items.map((line, at) => [
    at + 1,
    // In groups, so that no spreadsheet takes it for a number.
    groupTaxId(line.taxId),
    line.name,
    line.address,
    line.date,
    t(`paying.income.${line.income}`),
    line.rateBp / 100,
    line.paid.amount / 100,
    line.withheld.amount / 100,
    // 1 is "withheld at source".
    1,
    line.number,
  ])
  const head = COLUMNS.map(name => t(`paying.columns.${name}`))
  return [head, ...rows, ['', '', t('paying.columns.sum'), '', '', '', '', sum('paid'), sum('withheld'), '', '']]
}
