import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bahtInWords } from './baht-in-words.ts'

test('amounts are said as Thai says numbers', () => {
  for (const [satang, words] of [
    [0, 'ศูนย์บาทถ้วน'],
    [100, 'หนึ่งบาทถ้วน'],
    [1_000, 'สิบบาทถ้วน'],
    [1_100, 'สิบเอ็ดบาทถ้วน'],
    [2_100, 'ยี่สิบเอ็ดบาทถ้วน'],
    [10_100, 'หนึ่งร้อยเอ็ดบาทถ้วน'],
    [50_000, 'ห้าร้อยบาทถ้วน'],
    [31_007, 'สามร้อยสิบบาทเจ็ดสตางค์'],
    [50, 'ห้าสิบสตางค์'],
    [125_025, 'หนึ่งพันสองร้อยห้าสิบบาทยี่สิบห้าสตางค์'],
    [100_000_100, 'หนึ่งล้านเอ็ดบาทถ้วน'],
    [123_456_721, 'หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทยี่สิบเอ็ดสตางค์'],
    [1_000_000_000_000, 'หนึ่งหมื่นล้านบาทถ้วน'],
  ] as const)
    expect(bahtInWords(satang)).toBe(words)
  expect(() => bahtInWords(-1)).toThrow(RangeError)
})

const DIGITS = ['หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า']
const PLACES = ['สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน']
const DIGIT = `ยี่|เอ็ด|${DIGITS.join('|')}`
const valueOf = (digit: string) => (digit === 'ยี่' ? 2 : digit === 'เอ็ด' ? 1 : DIGITS.indexOf(digit) + 1)

/** A number of Thai words, as who reads the document understands it. */
const readThai = (words: string) =>
  words.split('ล้าน').reduce((sum, part) => {
    const parts = part.matchAll(new RegExp(`(${DIGIT})?(${PLACES.join('|')})|(${DIGIT})`, 'g'))
    const below = [...parts].map(([, digit, place, last]) =>
      place === undefined
        ? valueOf(last!)
        : (digit === undefined ? 1 : valueOf(digit)) * 10 ** (PLACES.indexOf(place) + 1),
    )
    return sum * 1_000_000 + below.reduce((a, b) => a + b, 0)
  }, 0)

test('any amount is read back from its words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 15 }), satang => {
      const [, baht = '', rest] = /^(?:(.+)บาท)?(?:ถ้วน|(.+)สตางค์)$/.exec(bahtInWords(satang))!
      expect(readThai(baht) * 100 + (rest === undefined ? 0 : readThai(rest))).toBe(satang)
    }),
  )
})
