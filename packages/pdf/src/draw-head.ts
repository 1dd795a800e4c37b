import type { DocumentContent } from '@pix/domain/document-content.ts'
import { groupTaxId, HEAD_OFFICE } from '@pix/domain/tax-id.ts'
import { dateOf, type Label, LABELS, titleOf } from './document-words.ts'
import { PAGE, type Pages } from './open-page.ts'

const GRAY = '#4B5563'
const MIDDLE = 318

interface Party {
  name: string
  address: string
  taxId: string | null
  branch: string | null
}

/** Seller, title, number and buyer, on the first page. @returns where the table begins */
export function drawHead(pages: Pages, content: DocumentContent): number {
  const width = MIDDLE - PAGE.left - 16
  const left = drawParty(pages, content.seller, PAGE.left, PAGE.top, width, 13)
  const right = drawTitle(pages, content)
  let y = Math.max(left, right) + 12
  if (content.buyer) {
    pages.rule(y)
    y = pages.write(LABELS.buyer.join(' / '), PAGE.left, y + 8, 200, { size: 8.5, color: GRAY }) + 2
    y = drawParty(pages, content.buyer, PAGE.left, y, PAGE.right - PAGE.left, 11) + 8
  }
  return y + 4
}

function drawTitle(pages: Pages, content: DocumentContent): number {
  const [th, en] = titleOf(content)
  const width = PAGE.right - MIDDLE
  let y = pages.write(th, MIDDLE, PAGE.top - 2, width, { font: 'bold', size: 15, align: 'right' })
  y = pages.write(en, MIDDLE, y - 1, width, { size: 10, color: GRAY, align: 'right' })
  y = pages.write(LABELS.original.join(' / '), MIDDLE, y, width, { size: 8.5, color: GRAY, align: 'right' }) + 6
  const [dateTh, dateEn] = dateOf(content.datedAt)
  const facts: [Label, string][] = [
    [LABELS.number, content.number],
    [LABELS.date, `${dateTh}\n${dateEn}`],
    [LABELS.order, content.orderNumber],
  ]
  if (content.refersTo) facts.push([LABELS.refersTo, content.refersTo.number])
  for (const [label, value] of facts) {
    pages.write(label.join(' / '), MIDDLE, y, 90, { size: 9, color: GRAY })
    y = pages.write(value, MIDDLE + 90, y, width - 90, { size: 9.5, align: 'right' }) + 1
  }
  return y
}

function drawParty(pages: Pages, party: Party, x: number, top: number, width: number, size: number): number {
  let y = pages.write(party.name, x, top, width, { font: 'bold', size })
  if (party.address !== '') y = pages.write(party.address, x, y, width, { size: 9.5 })
  if (party.taxId === null) return y
  const branch =
    party.branch === null || party.branch === HEAD_OFFICE
      ? LABELS.headOffice.join(' / ')
      : `${LABELS.branch.join(' / ')} ${party.branch}`
  const taxId = `${LABELS.taxId.join(' / ')} ${groupTaxId(party.taxId)}`
  return pages.write(`${taxId}\n${branch}`, x, y, width, { size: 9.5 })
}
