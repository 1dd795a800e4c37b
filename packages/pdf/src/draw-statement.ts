import type { PayeeParty } from '@pix/domain/words.ts'
import { dateOf, figures, type Label, LABELS } from './document-words.ts'
import { openPages, PAGE, type Pages } from './open-page.ts'
import {
  drawColumnNames,
  drawStatementLine,
  drawSum,
  heightOfLine,
  type PrintedLine,
  WIDTH,
} from './statement-table.ts'
import { PARTIES, STATEMENT_LABELS as SAID } from './statement-words.ts'

/** What a statement says of itself. */
export interface StatementHead {
  party: PayeeParty
  payee: string
  /** Days in Bangkok, both included. */
  from: string
  to: string
  madeAt: string
  /** Satang. */
  opening: number
  closing: number
  lineCount: number
}

const GRAY = '#4B5563'
const SMALL = { size: 8, color: GRAY } as const

/**
 * Draws a statement of earnings in Thai and English, line by line as it is given them: pages leave by `bytes` before the last
 * line is known, so that its length costs no memory.
 */
export function openStatement(head: StatementHead) {
  const { payee, from, to, madeAt } = head
  const pages = openPages(`${SAID.title[0]} ${from} – ${to}`, new Date(madeAt), { streamed: true })
  let [at, sum] = [0, head.opening]
  const foot = () => {
    pages.rule(PAGE.bottom + 10)
    pages.write(`${payee} · ${from} – ${to}`, PAGE.left, PAGE.bottom + 14, 380, SMALL)
    const page = `${LABELS.page.join(' / ')} ${at}`
    pages.write(page, PAGE.right - 110, PAGE.bottom + 14, 110, { ...SMALL, align: 'right' })
  }
  const turn = () => {
    if (at > 0) foot()
    at += 1
    pages.addPage()
  }
  turn()
  let y = drawSum(pages, SAID.brought, sum, drawColumnNames(pages, drawHead(pages, head)))
  if (head.lineCount === 0) y = pages.write(SAID.none.join(' / '), PAGE.left, y + 3, WIDTH, SMALL) + 3

  return {
    /** The bytes of the file; they wait here until they are read. */
    bytes: pages.bytes,
    draw(line: PrintedLine): void {
      if (y + heightOfLine(pages, line) > PAGE.bottom) {
        turn()
        y = drawColumnNames(pages, PAGE.top)
      }
      y = drawStatementLine(pages, line, y)
      sum += line.amount.amount
    },
    /** A file with the proofs of some lines. */
    attach: (name: string, json: string) => pages.attach(name, Buffer.from(json), 'application/json'),
    /** Ends the table, names the seals, and ends the file. */
    end(seals: Iterable<readonly [number: number, root: string]>): void {
      if (y + 24 > PAGE.bottom) {
        turn()
        y = PAGE.top
      }
      y = drawSum(pages, SAID.carried, sum, y)
      drawSeals(pages, [...seals], y, turn)
      foot()
      pages.end()
    },
  }
}

const noon = (day: string) => `${day}T05:00:00.000Z`
const spanOf = ({ from, to }: StatementHead): string => {
  const [[th, en], [lastTh, lastEn]] = [dateOf(noon(from)), dateOf(noon(to))]
  return `${th} – ${lastTh}\n${en} – ${lastEn}`
}

/** @returns where the table begins */
function drawHead(pages: Pages, head: StatementHead): number {
  const { party, payee, madeAt, opening, closing, lineCount } = head
  let y = pages.write(SAID.title[0], PAGE.left, PAGE.top, WIDTH, { font: 'bold', size: 15 })
  y = pages.write(SAID.title[1], PAGE.left, y - 1, WIDTH, { size: 10, color: GRAY }) + 6
  const facts: [Label, string][] = [
    [SAID.payee, `${payee} (${PARTIES[party].join(' / ')})`],
    [SAID.range, spanOf(head)],
    [SAID.made, dateOf(madeAt).join(' / ')],
    [SAID.lines, lineCount.toLocaleString('en')],
  ]
  for (const [label, value] of facts) {
    const end = pages.write(label.join(' / '), PAGE.left, y, 130, { size: 9, color: GRAY })
    y = Math.max(end, pages.write(value, PAGE.left + 136, y, WIDTH - 136, { size: 9.5 })) + 2
  }
  y += 4
  for (const [label, amount] of [
    [SAID.opening, opening],
    [SAID.closing, closing],
  ] as const) {
    pages.write(label.join(' / '), PAGE.left, y, 300, { size: 10 })
    y = pages.write(figures(amount), PAGE.right - 120, y, 120, { font: 'bold', size: 11, align: 'right' })
  }
  return y + 8
}

/** Each seal with its root, and how they are checked. */
function drawSeals(pages: Pages, seals: readonly (readonly [number, string])[], top: number, turn: () => void): void {
  let y = top + 12
  const need = (height: number) => {
    if (y + height <= PAGE.bottom) return
    turn()
    y = PAGE.top
  }
  need(60)
  y = pages.write(SAID.seals.join(' / '), PAGE.left, y, WIDTH, { font: 'bold', size: 10 }) + 2
  for (const [number, root] of seals) {
    need(14)
    pages.write(`#${number}`, PAGE.left, y, 70, { size: 9 })
    y = pages.write(root, PAGE.left + 76, y, WIDTH - 76, { size: 9 })
  }
  for (const [at, sentence] of (seals.length === 0 ? SAID.noSeals : SAID.check).entries()) {
    const style = at === 0 ? ({ size: 9 } as const) : SMALL
    need(pages.heightOf(sentence, WIDTH, style) + 4)
    y = pages.write(sentence, PAGE.left, y + 4, WIDTH, style)
  }
}
