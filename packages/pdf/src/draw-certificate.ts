import { bahtInWords } from '@pix/domain/baht-in-words.ts'
import type { CertificateContent } from '@pix/domain/document-content.ts'
import { groupTaxId, HEAD_OFFICE } from '@pix/domain/tax-id.ts'
import { CERTIFICATE_LABELS as SAID, COPIES, INCOME, RETURNS } from './certificate-words.ts'
import { dateOf, figures, type Label, LABELS } from './document-words.ts'
import { openPages, PAGE, type Pages } from './open-page.ts'

const GRAY = '#4B5563'
const SMALL = { size: 8.5, color: GRAY } as const
const WIDTH = PAGE.right - PAGE.left
const COLUMNS = {
  income: { x: PAGE.left, width: 232 },
  paidOn: { x: PAGE.left + 242, width: 90 },
  paid: { x: PAGE.left + 336, width: 76 },
  withheld: { x: PAGE.right - 80, width: 80 },
} as const

/** Draws a certificate of withheld tax: its two copies, a page each. The same content is the same file, byte for byte. */
export async function drawCertificate(content: CertificateContent): Promise<Buffer> {
  const pages = openPages(`${SAID.title[0]} ${content.number}`, new Date(content.issuedAt))
  for (const copy of COPIES) drawCopy(pages, content, copy)
  return pages.finish()
}

function drawCopy(pages: Pages, content: CertificateContent, copy: Label): void {
  pages.addPage()
  let y = both(pages, copy, PAGE.top, 8.5) + 8
  y = drawTitle(pages, content, y) + 8
  const { payer, payee } = content
  const branch =
    payer.branch === null || payer.branch === HEAD_OFFICE
      ? LABELS.headOffice.join(' / ')
      : `${LABELS.branch.join(' / ')} ${payer.branch}`
  y = drawParty(pages, SAID.payer, { ...payer, branch }, y) + 8
  y = drawParty(pages, SAID.payee, { ...payee, branch: null }, y) + 4
  y = pages.write(`${SAID.form.join(' / ')}: ${RETURNS[payee.form].join(' / ')}`, PAGE.left, y, WIDTH, { size: 9.5 })
  y = drawTable(pages, content, y + 8) + 8
  y =
    pages.write(`${SAID.inWords.join(' / ')}: ${bahtInWords(content.withheld)}`, PAGE.left, y, WIDTH, { size: 10 }) + 4
  y = pages.write(`${SAID.condition.join(' / ')}: ${SAID.atSource.join(' / ')}`, PAGE.left, y, WIDTH, { size: 10 }) + 4
  y = pages.write(`${SAID.payout.join(' / ')} ${content.payoutNumber}`, PAGE.left, y, WIDTH, { size: 10 }) + 20
  y = both(pages, SAID.certified, y, 9.5, 'center') + 24
  y = both(pages, SAID.signature, y, 9.5, 'center') + 8
  const [th, en] = dateOf(content.issuedAt)
  both(pages, [`${SAID.day[0]} ${th}`, `${SAID.day[1]} ${en}`], y, 9.5, 'center')
}

/** A label in both languages, one below the other. @returns where the next line begins */
function both(pages: Pages, [th, en]: Label, y: number, size: number, align: 'left' | 'center' = 'left'): number {
  const end = pages.write(th, PAGE.left, y, WIDTH, { size, align })
  return pages.write(en, PAGE.left, end - 1, WIDTH, { ...SMALL, align })
}

function drawTitle(pages: Pages, { number }: CertificateContent, top: number): number {
  const width = WIDTH - 150
  let y = pages.write(SAID.title[0], PAGE.left, top, width, { font: 'bold', size: 15 })
  y = pages.write(SAID.law[0], PAGE.left, y - 1, width, { size: 10 })
  y = pages.write(`${SAID.title[1]}, ${SAID.law[1]}`, PAGE.left, y, width, SMALL)
  pages.write(LABELS.number.join(' / '), PAGE.right - 150, top + 2, 150, { ...SMALL, align: 'right' })
  pages.write(number, PAGE.right - 150, top + 14, 150, { font: 'bold', size: 11, align: 'right' })
  return y
}

interface Party {
  name: string
  address: string
  taxId: string | null
  branch: string | null
}

function drawParty(pages: Pages, label: Label, { name, address, taxId, branch }: Party, top: number): number {
  pages.rule(top)
  let y = pages.write(label.join(' / '), PAGE.left, top + 6, WIDTH - 210, SMALL)
  let right = y
  if (taxId !== null) {
    const id = `${LABELS.taxId.join(' / ')}\n${groupTaxId(taxId)}${branch === null ? '' : `\n${branch}`}`
    right = pages.write(id, PAGE.right - 200, top + 6, 200, { size: 9.5, align: 'right' })
  }
  y = pages.write(name, PAGE.left, y, WIDTH - 210, { font: 'bold', size: 11 })
  return Math.max(pages.write(address, PAGE.left, y, WIDTH - 210, { size: 9.5 }), right)
}

function drawTable(pages: Pages, { income, datedAt, paid, withheld, rateBp }: CertificateContent, top: number): number {
  pages.rule(top, { color: '#111827' })
  let end = top
  const heads = [
    [SAID.income, COLUMNS.income, 'left'],
    [SAID.paidOn, COLUMNS.paidOn, 'left'],
    [SAID.paid, COLUMNS.paid, 'right'],
    [SAID.withheld, COLUMNS.withheld, 'right'],
  ] as const
  for (const [[th, en], { x, width }, align] of heads) {
    const y = pages.write(th, x, top + 5, width, { font: 'bold', size: 9, align })
    end = Math.max(end, pages.write(en, x, y - 1, width, { ...SMALL, size: 8, align }))
  }
  pages.rule(end + 3, { color: '#111827' })
  const y = end + 8
  const [th, en] = INCOME[income]
  const rate = `${(rateBp / 100).toLocaleString('en')}%`
  const { x, width } = COLUMNS.income
  let bottom = pages.write(`${th} (${rate})`, x, y, width, { size: 10 })
  bottom = pages.write(`${en} (${rate})`, x, bottom, width, SMALL)
  pages.write(dateOf(datedAt).join('\n'), COLUMNS.paidOn.x, y, COLUMNS.paidOn.width, { size: 9.5 })
  drawSums(pages, y, paid, withheld)
  pages.rule(bottom + 5)
  pages.write(SAID.total.join(' / '), x, bottom + 10, width + 90, { font: 'bold', size: 10 })
  drawSums(pages, bottom + 10, paid, withheld, 'bold')
  pages.rule(bottom + 28, { color: '#111827' })
  return bottom + 28
}

function drawSums(pages: Pages, y: number, paid: number, withheld: number, font: 'regular' | 'bold' = 'regular'): void {
  const style = { font, size: 10, align: 'right' } as const
  pages.write(figures(paid), COLUMNS.paid.x, y, COLUMNS.paid.width, style)
  pages.write(figures(withheld), COLUMNS.withheld.x, y, COLUMNS.withheld.width, style)
}
