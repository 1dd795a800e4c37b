import type { CertificateContent, DocumentContent } from '@pix/domain/document-content.ts'
import { LABELS, titleOf } from './document-words.ts'
import { drawCertificate } from './draw-certificate.ts'
import { drawEnd } from './draw-end.ts'
import { drawHead } from './draw-head.ts'
import { drawLines } from './draw-lines.ts'
import { openPages, PAGE } from './open-page.ts'

/**
 * Draws a receipt, a tax invoice, a credit note or a certificate of withheld tax as PDF, in Thai and English. The same content is the same file, byte for
 * byte, as long as fonts and library are the same: so the first one that is drawn is kept.
 */
export const drawDocument = (content: DocumentContent | CertificateContent): Promise<Buffer> =>
  content.kind === 'withholding_certificate' ? drawCertificate(content) : drawSale(content)

async function drawSale(content: DocumentContent): Promise<Buffer> {
  const pages = openPages(`${titleOf(content)[0]} ${content.number}`, new Date(content.issuedAt))
  pages.addPage()
  const y = drawLines(pages, content, drawHead(pages, content))
  drawEnd(pages, content, y)
  pages.onEveryPage((at, count) => {
    pages.rule(PAGE.bottom + 10)
    const foot = { size: 8, color: '#6B7280' } as const
    pages.write(`${content.seller.name} · ${content.number}`, PAGE.left, PAGE.bottom + 14, 380, foot)
    const page = `${LABELS.page.join(' / ')} ${at}/${count}`
    pages.write(page, PAGE.right - 110, PAGE.bottom + 14, 110, { ...foot, align: 'right' })
  })
  return pages.finish()
}
