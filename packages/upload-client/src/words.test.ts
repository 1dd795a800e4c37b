import { PROBLEMS } from '@pix/contracts/problem-codes.ts'
import { expect, test } from 'vitest'
import { reasonOf, wordsOf } from './words.ts'

test('the last line counts, in both languages', () => {
  expect(wordsOf('en').lastLine(2_014, 2_014)).toBe('2,014 of 2,014 stored and verified')
  expect(wordsOf('th').lastLine(2_014, 2_014)).toBe('เก็บแล้วและตรวจครบ 2,014 จาก 2,014 รูป')
})

test('a reason without words is said by its code', () => {
  expect(reasonOf(wordsOf('th'), 'not_an_image')).toContain('JPEG')
  expect(reasonOf(wordsOf('en'), 'a_later_code')).toBe('a_later_code')
})

test('what is only in the folder is counted by its kind', () => {
  const leftOut = { raw: 1_200, alone: 3, videos: 1, links: 0 }
  expect(wordsOf('en').onlyHere(leftOut)).toContain('1,200 RAW files (3 without a JPEG beside), 1 video.')
  expect(wordsOf('th').onlyHere(leftOut)).toContain('RAW 1,200 ไฟล์ (ไม่มี JPEG คู่กัน 3 ไฟล์) วิดีโอ 1 ไฟล์ ')
})

test('every reason is a code that the api answers with, or that its client gives', () => {
  const known = new Set<string>([...Object.keys(PROBLEMS), 'network', 'unavailable'])
  expect(Object.keys(wordsOf('en').reasons).filter(code => !known.has(code))).toEqual([])
})
