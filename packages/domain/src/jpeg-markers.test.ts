import { expect, test } from 'vitest'
import { isBare, isFrame } from './jpeg-markers.ts'

const MARKERS = Array.from({ length: 256 }, (_, marker) => marker)

test('the thirteen ways to code a picture begin a frame; tables of codes among them do not', () => {
  expect(MARKERS.filter(isFrame)).toEqual([
    0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
  ])
})

test('restarts and the mark of arithmetic coding have no length', () => {
  expect(MARKERS.filter(isBare)).toEqual([0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7])
})
