const words = new Intl.Segmenter('th', { granularity: 'word' })
const characters = new Intl.Segmenter('th', { granularity: 'grapheme' })
const partsOf = (segmenter: Intl.Segmenter, text: string) => Array.from(segmenter.segment(text), part => part.segment)

/** What may not begin a line: it stays with the word before it. */
const CLOSES = /^[\p{Pe}\p{Pf}.,:;!?%ๆฯ]+$/u
/** What may not end one: it goes with the word after it. */
const OPENS = /^[\p{Ps}\p{Pi}]+$/u

/** The pieces between which a line may end. Thai has no spaces between words: a dictionary finds them. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let glued = false
  for (const word of partsOf(words, text)) {
    const last = pieces.length - 1
    if (last >= 0 && (glued || CLOSES.test(word))) pieces[last] += word
    else pieces.push(word)
    glued = OPENS.test(word)
  }
  return pieces
}

/**
 * Breaks text into lines that are not wider than they may be, between words where it can. A word that is wider than a line
 * is broken between characters, never inside one with its vowels and tone marks.
 *
 * @param widthOf measures a text
 */
export function breakLines(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    if (widthOf(paragraph.trimEnd()) <= width) {
      lines.push(paragraph.trimEnd())
      continue
    }
    let line = ''
    for (const piece of piecesOf(paragraph)) {
      if (widthOf((line + piece).trimEnd()) <= width) {
        line += piece
        continue
      }
      if (line.trim() !== '') lines.push(line.trimEnd())
      line = ''
      if (piece.trim() === '') continue
      for (const character of widthOf(piece.trimEnd()) <= width ? [piece] : partsOf(characters, piece)) {
        if (line !== '' && widthOf(line + character) > width) {
          lines.push(line)
          line = ''
        }
        line += character
      }
    }
    lines.push(line.trimEnd())
  }
  return lines
}
