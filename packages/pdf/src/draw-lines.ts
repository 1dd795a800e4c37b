import type { DocumentContent } from '@pix/domain/document-content.ts'
import { figures, LABELS } from './document-words.ts'
import { PAGE, type Pages } from './open-page.ts'

const COLUMNS = {
  count: { x: PAGE.left, width: 22 },
  item: { x: PAGE.left + 26, width: 340 },
  quantity: { x: PAGE.left + 372, width: 40 },
  amount: { x: PAGE.right - 84, width: 84 },
} as const
const SMALL = { size: 8.5, color: '#4B5563' } as const
const PADDING = 5
/** What the carried sum at the bottom of a page needs. */
const CARRIED = 24

/**
 * What was sold, line by line, over as many pages as it takes. A page that is not the last ends with the sum so far, and the
 * next begins with it.
 *
 * @returns where the table ends
 */
export function drawLines(pages: Pages, { lines }: DocumentContent, top: number): number {
  let y = drawNames(pages, top)
  let sum = 0
  for (const [at, line] of lines.entries()) {
    const { item } = COLUMNS
    const height = pages.heightOf(line.th, item.width, { size: 10 }) + pages.heightOf(line.en, item.width, SMALL)
    if (y + height + 2 * PADDING > PAGE.bottom - CARRIED) {
      drawSum(pages, LABELS.carried.join(' / '), sum, y)
      pages.addPage()
      y = drawNames(pages, PAGE.top)
      y = drawSum(pages, LABELS.brought.join(' / '), sum, y)
    }
    y += PADDING
    pages.write(String(at + 1), COLUMNS.count.x, y, COLUMNS.count.width, { size: 10, align: 'right' })
    const { quantity, amount } = COLUMNS
    pages.write(String(line.quantity), quantity.x, y, quantity.width, { size: 10, align: 'right' })
    pages.write(figures(line.amount), amount.x, y, amount.width, { size: 10, align: 'right' })
    y = pages.write(line.th, item.x, y, item.width, { size: 10 })
    y = pages.write(line.en, item.x, y - 1, item.width, SMALL) + PADDING
    pages.rule(y, { color: '#E5E7EB' })
    sum += line.amount
  }
  return y
}

function drawNames(pages: Pages, top: number): number {
  pages.rule(top, { color: '#111827' })
  const [y, style] = [top + PADDING, { font: 'bold', size: 9 } as const]
  const { item, quantity, amount } = COLUMNS
  const names = [
    [LABELS.item, item, 'left'],
    [LABELS.quantity, quantity, 'right'],
    [LABELS.amount, amount, 'right'],
  ] as const
  let end = y
  for (const [[th, en], { x, width }, align] of names) {
    pages.write(th, x, y, width, { ...style, align })
    end = pages.write(en, x, y + 12, width, { ...SMALL, size: 8, align })
  }
  pages.rule(end + 3, { color: '#111827' })
  return end + 3
}

function drawSum(pages: Pages, label: string, sum: number, top: number): number {
  const y = top + PADDING
  pages.write(label, COLUMNS.item.x, y, COLUMNS.item.width, { size: 9, align: 'right' })
  const end = pages.write(figures(sum), COLUMNS.amount.x, y, COLUMNS.amount.width, { size: 9, align: 'right' })
  pages.rule(end + 2, { color: '#E5E7EB' })
  return end + 2
}
