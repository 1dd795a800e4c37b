import { inflateSync } from 'node:zlib'

export interface DrawnPage {
  /** Baselines of its lines of text, in points from the top of an A4 page. */
  baselines: number[]
  /** Filled rectangles, in points from the top left. */
  boxes: { x: number; y: number; width: number; height: number }[]
}

const A4_HEIGHT = 841.89

/** What is drawn on the pages of a PDF of ours. */
export function readDrawn(pdf: Buffer): DrawnPage {
  const drawn: DrawnPage = { baselines: [], boxes: [] }
  for (const content of contentsOf(pdf)) {
    for (const [, y] of content.matchAll(/^1 0 0 1 [\d.-]+ ([\d.-]+) Tm$/gm))
      drawn.baselines.push(A4_HEIGHT - Number(y))
    for (const [, ...sides] of content.matchAll(/^([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm)) {
      const [x, y, width, height] = sides.map(Number)
      drawn.boxes.push({ x: x!, y: y!, width: width!, height: height! })
    }
  }
  return drawn
}

/** The streams that draw: of the others none begins by turning the page upside down. */
function contentsOf(pdf: Buffer): string[] {
  const found: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('\nendstream', at)
    if (pdf.subarray(at - 3, at).toString('latin1') === 'end' || end < 0) continue
    try {
      const text = inflateSync(pdf.subarray(at + 'stream\n'.length, end)).toString('latin1')
      if (text.startsWith('1 0 0 -1 0 841.89 cm')) found.push(text)
    } catch {
      // Not compressed.
    }
  }
  return found
}
