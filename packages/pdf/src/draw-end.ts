import { bahtInWords } from '@pix/domain/baht-in-words.ts'
import type { DocumentContent } from '@pix/domain/document-content.ts'
import { dateOf, figures, type Label, LABELS, reasonOf, replacesSentence } from './document-words.ts'
import { PAGE, type Pages } from './open-page.ts'

const GRAY = '#4B5563'
const SUMS = { label: PAGE.right - 330, labelWidth: 236, amount: PAGE.right - 90, amountWidth: 90 } as const

interface Sum {
  label: Label
  amount: number
  strong?: boolean
}

/** The sums, the amount in words, and what is to be said besides, on a page of their own where there is no room. */
export function drawEnd(pages: Pages, content: DocumentContent, top: number): void {
  const [sums, notes] = [sumsOf(content), notesOf(content)]
  const width = PAGE.right - PAGE.left
  const notesHeight = notes.reduce((all, [th, en]) => all + pages.heightOf(`${th}\n${en}`, width, { size: 9 }) + 4, 0)
  let y = top + 8
  if (y + sums.length * 29 + 34 + notesHeight > PAGE.bottom) {
    pages.addPage()
    y = PAGE.top
  }
  for (const sum of sums) y = drawSum(pages, sum, y)
  const words = { size: 10, align: 'right' } as const
  y = pages.write(`(${bahtInWords(content.total)})`, PAGE.left, y + 2, width, words) + 12
  for (const [th, en] of notes) {
    y = pages.write(th, PAGE.left, y, width, { size: 9 })
    y = pages.write(en, PAGE.left, y - 1, width, { size: 8.5, color: GRAY }) + 4
  }
}

function drawSum(pages: Pages, { label: [th, en], amount, strong }: Sum, top: number): number {
  const style = strong ? ({ font: 'bold', size: 11.5 } as const) : ({ size: 10 } as const)
  if (strong) pages.rule(top + 4, { from: SUMS.label, color: '#111827' })
  const y = top + (strong ? 8 : 4)
  pages.write(figures(amount), SUMS.amount, y, SUMS.amountWidth, { ...style, align: 'right' })
  const end = pages.write(th, SUMS.label, y, SUMS.labelWidth, style)
  return pages.write(en, SUMS.label, end - 2, SUMS.labelWidth, { size: 8.5, color: GRAY })
}

/** The rows of the sums. Without VAT there is one. */
function sumsOf(content: DocumentContent): Sum[] {
  const { total, taxable, base, vat, vatBp, correction } = content
  const all: Sum = { label: LABELS.total, amount: total, strong: true }
  if (taxable === 0) return [all]
  const rate = `${vatBp / 100}%`
  const taxed: Sum[] = [
    { label: LABELS.base, amount: base },
    { label: [`${LABELS.vat[0]} ${rate}`, `${LABELS.vat[1]} ${rate}`], amount: vat },
  ]
  const ofOthers: Sum[] =
    taxable === total
      ? []
      : [
          { label: LABELS.collected, amount: total - taxable },
          { label: LABELS.own, amount: taxable },
        ]
  const corrected: Sum[] =
    correction === null
      ? []
      : [
          { label: LABELS.before, amount: correction.baseBefore },
          { label: LABELS.after, amount: correction.baseAfter },
          { label: LABELS.difference, amount: base },
        ]
  return [...corrected, ...ofOthers, ...(correction === null ? taxed : taxed.slice(1)), all]
}

function notesOf({ kind, refersTo, correction, seller, taxable }: DocumentContent): Label[] {
  const notes: Label[] = []
  if (kind === 'abbreviated_tax_invoice') notes.push(LABELS.includesVat)
  if (kind !== 'credit_note') notes.push(LABELS.paid)
  if (kind === 'tax_invoice' && refersTo) notes.push(replacesSentence(refersTo.number, dateOf(refersTo.datedAt)))
  if (correction && refersTo) {
    const [reason, date] = [reasonOf(correction.reason), dateOf(refersTo.datedAt)]
    notes.push([
      `${LABELS.refersTo[0]} ${refersTo.number} ลงวันที่ ${date[0]} · ${LABELS.refund[0]} ${correction.refundNumber}`,
      `${LABELS.refersTo[1]} ${refersTo.number} dated ${date[1]} · ${LABELS.refund[1]} ${correction.refundNumber}`,
    ])
    notes.push([`${LABELS.reason[0]}: ${reason[0]}`, `${LABELS.reason[1]}: ${reason[1]}`])
  }
  if (taxable > 0 && seller.sellsAs === 'agent')
    notes.push([
      'ผู้ออกเอกสารเป็นตัวแทนขายภาพของช่างภาพ ภาษีมูลค่าเพิ่มคิดจากค่าบริการของผู้ออกเอกสาร',
      'The issuer sells as the agent of the photographers; VAT is on its own charge',
    ])
  return notes
}
