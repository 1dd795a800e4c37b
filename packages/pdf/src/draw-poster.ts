import { dateOf, type Label } from './document-words.ts'
import { openPages, PAGE, type Pages, type Style } from './open-page.ts'

export interface PosterContent {
  shop: string
  /** In Thai and in English. */
  name: Label
  startsAt: Date
  endsAt: Date
  place: string
  /** People find themselves by a selfie. */
  byFace: boolean
  /** The page asks for a code. */
  byCode: boolean
  link: string
  /** The QR of the link: its modules, without a border. */
  qr: { size: number; isDark: (row: number, column: number) => boolean }
  at: Date
}

const BLACK = '#1A1A1A'
const GRAY = '#4B5563'
const GOLD = '#D4AF37'
const WIDTH = PAGE.right - PAGE.left
const MIDDLE = PAGE.width / 2
const QR_SIDE = 270
const QR_TOP = 322
/** The head takes the largest of these sizes of the name at which all of it stands above the corners of the QR. */
const NAME_SIZES = [36, 30, 25, 21, 18, 15, 12, 10, 8, 7]
const HEAD_TOP = 94
const HEAD_BOTTOM = QR_TOP - 34

const SAID = {
  scan: ['สแกนเพื่อหารูปของคุณ', 'Scan to find your photos'],
  code: ['ใส่รหัสที่ได้จากผู้จัดงาน', 'Enter the code that the organizer gave you'],
  byFace: [
    ['สแกน QR', 'Scan the QR'],
    ['ถ่ายเซลฟี่ครั้งเดียว', 'Take one selfie'],
    ['เจอรูป ซื้อ ดาวน์โหลด', 'Find, buy, download'],
  ],
  byTime: [
    ['สแกน QR', 'Scan the QR'],
    ['เลือกรูปตามเวลา', 'Choose photos by time'],
    ['ซื้อ ดาวน์โหลด', 'Buy, download'],
  ],
} as const satisfies Record<string, Label | readonly Label[]>

/** Draws a poster of an event: one page to print and to hang up where people are. */
export async function drawPoster(content: PosterContent): Promise<Buffer> {
  const pages = openPages(content.name[0], content.at)
  pages.addPage()
  drawHead(pages, content)
  drawQr(pages, content.qr)
  let y = QR_TOP + QR_SIDE + 34
  y = center(pages, SAID.scan[0], y, { font: 'bold', size: 25 })
  y = center(pages, SAID.scan[1], y - 4, { size: 15, color: GRAY })
  if (content.byCode) y = center(pages, SAID.code.join(' · '), y, { size: 12 })
  drawSteps(pages, content.byFace ? SAID.byFace : SAID.byTime, 714)
  center(pages, content.link.replace(/^https?:\/\//, ''), 790, { font: 'bold', size: 13 })
  return pages.finish()
}

const center = (pages: Pages, text: string, y: number, style: Style): number =>
  pages.write(text, PAGE.left, y, WIDTH, { color: BLACK, ...style, align: 'center' })

function drawHead(pages: Pages, { shop, name, startsAt, endsAt, place }: PosterContent): void {
  pages.fill(0, 0, PAGE.width, 74, BLACK)
  pages.write(shop, PAGE.left, 23, WIDTH, { font: 'bold', size: 20, color: GOLD, align: 'center' })
  const sized = NAME_SIZES.map(size => linesOfHead({ name, startsAt, endsAt, place }, size))
  const lines = sized.find(one => heightOf(pages, one) <= HEAD_BOTTOM - HEAD_TOP) ?? sized.at(-1)!
  let y = HEAD_TOP
  for (const { text, gap, style } of lines) y = center(pages, text, y + gap, style)
}

interface Line {
  text: string
  /** Above it. */
  gap: number
  style: Style
}

/** What stands in the head, top to bottom: its smaller lines shrink with the name once that is small itself. */
function linesOfHead(
  { name: [th, en], startsAt, endsAt, place }: Pick<PosterContent, 'name' | 'startsAt' | 'endsAt' | 'place'>,
  size: number,
): Line[] {
  const lines: Line[] = [
    { text: th, gap: 0, style: { font: 'bold', size } },
    { text: en === th ? '' : en, gap: -2, style: { size: Math.max(size * 0.55, Math.min(size, 11)), color: GRAY } },
    { text: daysOf(startsAt, endsAt, 0), gap: 6, style: { size: Math.min(14, size) } },
    { text: daysOf(startsAt, endsAt, 1), gap: -2, style: { size: Math.min(11, size), color: GRAY } },
    { text: place, gap: 2, style: { size: Math.min(14, size) } },
  ]
  return lines.filter(({ text }) => text !== '')
}

const heightOf = (pages: Pages, lines: readonly Line[]): number =>
  lines.reduce((sum, { text, gap, style }) => sum + gap + pages.heightOf(text, WIDTH, style), 0)

/** One day, or the first and the last. */
function daysOf(from: Date, to: Date, language: 0 | 1): string {
  const [first, last] = [from, to].map(day => dateOf(day.toISOString())[language])
  return first === last ? first! : `${first} – ${last}`
}

/** In a frame of corners, as the shop frames faces. */
function drawQr(pages: Pages, { size, isDark }: PosterContent['qr']): void {
  const left = MIDDLE - QR_SIDE / 2
  const side = QR_SIDE / size
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      // A little wider than its place, so that no line shows between two of them.
      if (isDark(row, column))
        pages.fill(left + column * side, QR_TOP + row * side, side + 0.05, side + 0.05, '#000000')
  const [gap, long, thick] = [24, 44, 5]
  for (const x of [-1, 1])
    for (const y of [-1, 1]) {
      const corner = { x: MIDDLE + x * (QR_SIDE / 2 + gap), y: QR_TOP + QR_SIDE / 2 + y * (QR_SIDE / 2 + gap) }
      pages.fill(x < 0 ? corner.x : corner.x - long, y < 0 ? corner.y : corner.y - thick, long, thick, GOLD)
      pages.fill(x < 0 ? corner.x : corner.x - thick, y < 0 ? corner.y : corner.y - long, thick, long, GOLD)
    }
}

function drawSteps(pages: Pages, steps: readonly Label[], top: number): void {
  const width = WIDTH / steps.length
  for (const [at, [th, en]] of steps.entries()) {
    const x = PAGE.left + at * width
    pages.write(`${at + 1}`, x, top - 4, width, { font: 'bold', size: 18, color: '#B8941F', align: 'center' })
    const y = pages.write(th, x, top + 22, width, { font: 'bold', size: 14, color: BLACK, align: 'center' })
    pages.write(en, x, y - 2, width, { size: 11, color: GRAY, align: 'center' })
  }
}
