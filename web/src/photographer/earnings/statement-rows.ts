import { toBangkokTime } from '../../base/bangkok-time.ts'
import { localText } from '../../base/i18n/index.ts'
import type { WholeStatement } from './whole-statement.ts'

const COLUMNS = [
  'date',
  'kind',
  'order',
  'event',
  'photo',
  'price',
  'rate',
  'amount',
  'payout',
  'withheld',
  'transferred',
  'reason',
  'sealed',
] as const
/** Where the sums stand. */
const AMOUNT = COLUMNS.indexOf('amount')

const inBaht = (money: { amount: number } | null | undefined) => (money ? money.amount / 100 : '')

/** A statement as rows of a spreadsheet: its names, the opening sum, each line, and the closing sum. */
export function statementRows({ lines, opening, closing }: WholeStatement, t: (key: string) => string) {
  const sumRow = (label: string, sum: { amount: number }) =>
    COLUMNS.map((_, at) => (at === 0 ? label : at === AMOUNT ? inBaht(sum) : ''))
  return [
    COLUMNS.map(key => t(`earnings.${key}`)),
    sumRow(t('earnings.opening'), opening),
    ...lines.map(line => [
      toBangkokTime(line.at).replace('T', ' '),
      t(`earnings.kinds.${line.kind}`),
      line.orderNumber ?? line.correction?.reference ?? '',
      line.event ? localText(line.event.name) : '',
      line.photo?.fileName ?? '',
      inBaht(line.price),
      line.rateBp === null ? '' : line.rateBp / 10_000,
      inBaht(line.amount),
      line.payout?.number ?? '',
      inBaht(line.payout?.withheld),
      inBaht(line.payout?.net),
      line.correction?.reason ?? '',
      line.proof?.seal ?? '',
    ]),
    sumRow(t('earnings.closing'), closing),
  ]
}
