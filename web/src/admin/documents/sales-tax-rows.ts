import type { SalesTaxLine } from '@pix/contracts/documents.ts'
import { groupTaxId, HEAD_OFFICE } from '@pix/domain/tax-id.ts'

type Say = (key: string, values?: Record<string, string>) => string

const COLUMNS = ['rank', 'date', 'number', 'buyer', 'taxId', 'branch', 'base', 'vat', 'note'] as const

/**
 * The report of output tax as rows: its head, a row for each document, and the sums in baht. Tax ids are grouped and branches
 * said in words, so that no spreadsheet takes them for numbers.
 */
export function salesTaxRows(items: readonly SalesTaxLine[], t: Say): (string | number)[][] {
  const sum = (of: 'base' | 'vat') => items.reduce((all, line) => all + line[of].amount, 0) / 100
  const rows = items.map((line, at) => [
    at + 1,
    line.date,
    line.number,
    line.buyer,
    line.taxId === null ? '' : groupTaxId(line.taxId),
    branchOf(line, t),
    line.base.amount / 100,
    line.vat.amount / 100,
    line.replacedBy === null ? t(`papers.kind.${line.kind}`) : t('papers.void', { number: line.replacedBy }),
  ])
  const head = COLUMNS.map(name => t(`papers.columns.${name}`))
  return [head, ...rows, ['', '', '', t('papers.columns.sum'), '', '', sum('base'), sum('vat'), '']]
}

function branchOf({ branch }: SalesTaxLine, t: Say): string {
  if (branch === null) return ''
  return branch === HEAD_OFFICE ? t('papers.headOffice') : t('papers.branch', { branch })
}
