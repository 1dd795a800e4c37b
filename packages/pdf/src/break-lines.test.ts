import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakLines, piecesOf } from './break-lines.ts'

/** Each letter is one wide; what stands above or below a letter adds nothing. */
const widthOf = (text: string) => [...text.normalize('NFD').replace(/\p{Mn}/gu, '')].length

test('Thai is broken between words, and no line is wider than it may be', () => {
  const text = 'ใบเสร็จรับเงินของบริษัทภาพถ่ายงานวิ่งกรุงเทพมหานครจำกัด'
  const lines = breakLines(text, 14, widthOf)
  expect(lines.join('')).toBe(text)
  expect(lines.every(line => widthOf(line) <= 14)).toBe(true)
  const ends = new Set<number>()
  let at = 0
  for (const piece of piecesOf(text)) ends.add((at += piece.length))
  at = 0
  for (const line of lines) expect(ends.has((at += line.length))).toBe(true)
})

test('a word that is wider than a line is broken between characters, with their marks', () => {
  expect(breakLines('น้ำน้ำน้ำ', 2, widthOf).every(line => !/^\p{Mn}/u.test(line))).toBe(true)
  expect(breakLines('aaaaaaaaaa', 4, widthOf)).toEqual(['aaaa', 'aaaa', 'aa'])
})

test('no line begins with a closing mark or ends with an opening one', () => {
  const lines = breakLines('บริษัท ผู้ซื้อ จำกัด (มหาชน) แขวงปทุมวัน, กรุงเทพ (ไทย)', 12, widthOf)
  for (const line of lines) {
    expect(line).not.toMatch(/^[),.]/)
    expect(line).not.toMatch(/\($/)
  }
})

const bare = (text: string) => text.replaceAll(/\s+/g, '')

test('whatever the text, nothing of it but spaces is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'กขคงน้ำี่ ู().,aB1 -\n') }),
      fc.integer({ min: 1, max: 20 }),
      (text, width) => void expect(bare(breakLines(text, width, widthOf).join(''))).toBe(bare(text)),
    ),
  )
})
