import type { StatedLine } from '@pix/domain/statement-line.ts'
import { figures, type Label } from './document-words.ts'
import { PAGE, type Pages } from './open-page.ts'
import { LINE_KINDS, STATEMENT_LABELS as SAID } from './statement-words.ts'

/** A line with the number of the seal that it stands in; null until the next minute's. */
export type PrintedLine = StatedLine & { seal: number | null }

export const WIDTH = PAGE.right - PAGE.left
const SMALL = { size: 8, color: '#4B5563' } as const
const NAME = { size: 9.5 } as const
const COLUMNS = {
  date: { x: PAGE.left, width: 76 },
  item: { x: PAGE.left + 80, width: 186 },
  price: { x: PAGE.left + 270, width: 64 },
  rate: { x: PAGE.left + 338, width: 44 },
  seal: { x: PAGE.left + 386, width: 38 },
  share: { x: PAGE.right - 72, width: 72 },
} as const
const PADDING = 3

/** What a line is of, and the details below it. */
function itemOf({ kind, photo, event, orderNumber, payout, correction }: PrintedLine): { name: string; below: string } {
  const said = LINE_KINDS[kind].join(' / ')
  if (payout) {
    const tax = `${SAID.withheld.join(' / ')} ${figures(payout.withheld.amount)}`
    const net = `${SAID.transferred.join(' / ')} ${figures(payout.net.amount)}`
    return { name: said, below: `${payout.number}\n${tax}\n${net}` }
  }
  if (correction) return { name: said, below: `${correction.reference}\n${correction.reason}` }
  const { th, en } = event?.name ?? { th: '', en: '' }
  const place = th === en || en === '' ? th : `${th}\n${en}`
  const what = [said, orderNumber].filter(Boolean).join(' · ')
  return { name: photo?.fileName ?? said, below: [what, place].filter(Boolean).join('\n') }
}

export function heightOfLine(pages: Pages, line: PrintedLine): number {
  const { name, below } = itemOf(line)
  const { width } = COLUMNS.item
  return pages.heightOf(name, width, NAME) + pages.heightOf(below, width, SMALL) + 2 * PADDING
}

const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok', dateStyle: 'short', timeStyle: 'short' })

/** @returns where the next line begins */
export function drawStatementLine(pages: Pages, line: PrintedLine, top: number): number {
  const { at, price, rateBp, amount, seal } = line
  const { name, below } = itemOf(line)
  const right = { size: 9.5, align: 'right' } as const
  const y = top + PADDING
  const put = (column: keyof typeof COLUMNS, text: string, style: object) =>
    pages.write(text, COLUMNS[column].x, y, COLUMNS[column].width, style)
  put('date', moment.format(new Date(at)), { size: 8.5 })
  if (price !== null) put('price', figures(price.amount), right)
  if (rateBp !== null) put('rate', `${rateBp / 100}%`, right)
  if (seal !== null) put('seal', `#${seal}`, { ...right, size: 8.5 })
  put('share', figures(amount.amount), right)
  const end = pages.write(below, COLUMNS.item.x, put('item', name, NAME), COLUMNS.item.width, SMALL) + PADDING
  pages.rule(end, { color: '#E5E7EB' })
  return end
}

/** @returns where the lines begin */
export function drawColumnNames(pages: Pages, top: number): number {
  pages.rule(top, { color: '#111827' })
  let end = top
  for (const name of ['date', 'item', 'price', 'rate', 'seal', 'share'] as const) {
    const { x, width } = COLUMNS[name]
    const align = name === 'date' || name === 'item' ? 'left' : 'right'
    const y = pages.write(SAID[name][0], x, top + 4, width, { font: 'bold', size: 9, align })
    end = Math.max(end, pages.write(SAID[name][1], x, y - 1, width, { ...SMALL, align }))
  }
  pages.rule(end + 2, { color: '#111827' })
  return end + 2
}

/** @returns where what follows begins */
export function drawSum(pages: Pages, label: Label, sum: number, top: number): number {
  const y = top + PADDING
  pages.write(label.join(' / '), COLUMNS.item.x, y, 260, { font: 'bold', size: 9 })
  const { x, width } = COLUMNS.share
  const end = pages.write(figures(sum), x, y, width, { font: 'bold', size: 9.5, align: 'right' }) + PADDING
  pages.rule(end, { color: '#111827' })
  return end
}
