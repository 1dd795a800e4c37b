import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
// oxlint-disable-next-line import/no-named-as-default -- its types know the default export alone
import PDFDocument from 'pdfkit'
import { breakLines } from './break-lines.ts'

const require = createRequire(import.meta.url)
const FONTS = {
  regular: require.resolve('@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/sarabun/700Bold/Sarabun_700Bold.ttf'),
} as const

/** A4 in points, and what of it is printed on. */
export const PAGE = { width: 595.28, height: 841.89, left: 48, right: 547.28, top: 44, bottom: 790 } as const
/** Thai stacks two marks above a letter and one below it: lines need that much of their size. */
const LINE = 1.45

export interface Style {
  font?: keyof typeof FONTS
  size?: number
  color?: string
  align?: 'left' | 'right' | 'center'
}

/**
 * A PDF of A4 pages that is the same, byte for byte, whenever it is drawn: its dates are those that it is given.
 *
 * @param title in the file's properties
 * @param streamed each page leaves as soon as the next one begins: what stands on every page is then drawn page by page
 */
export function openPages(title: string, at: Date, { streamed = false } = {}) {
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: !streamed,
    lang: 'th',
    displayTitle: true,
    info: { Title: title, CreationDate: at, ModDate: at, Producer: 'ThePixStock', Creator: 'ThePixStock' },
  })
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, file)

  const set = ({ font = 'regular', size = 10, color = '#111827' }: Style) =>
    pdf.font(font).fontSize(size).fillColor(color)
  const linesOf = (text: string, width: number, style: Style) => {
    set(style)
    return breakLines(drawable(pdf, text), width, part => pdf.widthOfString(part))
  }
  /** Writes text into a column. @returns where the next line begins */
  const write = (text: string, x: number, y: number, width: number, style: Style = {}): number => {
    const step = (style.size ?? 10) * LINE
    const lines = linesOf(text, width, style)
    for (const [at, line] of lines.entries()) {
      const free = width - pdf.widthOfString(line)
      const shift = style.align === 'right' ? free : style.align === 'center' ? free / 2 : 0
      pdf.text(line, x + shift, y + at * step, { lineBreak: false })
    }
    return y + lines.length * step
  }
  const heightOf = (text: string, width: number, style: Style = {}): number =>
    linesOf(text, width, style).length * (style.size ?? 10) * LINE
  const rule = (y: number, { from = PAGE.left as number, to = PAGE.right as number, color = '#D1D5DB' } = {}) =>
    pdf.moveTo(from, y).lineTo(to, y).lineWidth(0.7).strokeColor(color).stroke()

  return {
    addPage: () => void pdf.addPage(),
    write,
    heightOf,
    rule,
    fill: (x: number, y: number, width: number, height: number, color: string) =>
      void pdf.rect(x, y, width, height).fill(color),
    /** @param draw called with each page in front, once all of them are there */
    onEveryPage: (draw: (at: number, pages: number) => void) => {
      const { count } = pdf.bufferedPageRange()
      for (let at = 0; at < count; at += 1) {
        pdf.switchToPage(at)
        draw(at + 1, count)
      }
    },
    /** A file that readers of PDF save from it. */
    attach: (name: string, bytes: Buffer, type: string) =>
      void pdf.file(bytes, { name, type, creationDate: at, modifiedDate: at }),
    /** Its bytes as they are made. */
    bytes: pdf as unknown as Readable,
    end: () => void pdf.end(),
    finish: async (): Promise<Buffer> => {
      const parts: Buffer[] = []
      pdf.end()
      for await (const part of pdf as AsyncIterable<Buffer>) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}
export type Pages = ReturnType<typeof openPages>

/** The fonts have Thai and Latin: letters of other scripts become `?`, pictures are left out. */
function drawable(pdf: PDFKit.PDFDocument, text: string): string {
  const { font } = Reflect.get(pdf, '_font') as { font: { hasGlyphForCodePoint(point: number): boolean } }
  return [...text.normalize('NFC')]
    .map(character => {
      if (/\s/.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0)!)) return character
      return /[\p{L}\p{N}]/u.test(character) ? '?' : ''
    })
    .join('')
}
