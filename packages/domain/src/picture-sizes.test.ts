import { expect, test } from 'vitest'
import { boughtJpegsOf } from './picture-sizes.ts'

const jpegs = (format: string, width: number, height: number) => boughtJpegsOf({ format, width, height })

test('a bought photo has a JPEG to pass on where its original is larger, upright or not', () => {
  expect(jpegs('jpg', 2049, 10)).toEqual(['share'])
  expect(jpegs('jpg', 10, 2049)).toEqual(['share'])
  expect(jpegs('jpg', 2048, 2048)).toEqual([])
})

test('a format that few programs open has a JPEG of full size, too', () => {
  expect(jpegs('heic', 3000, 2000)).toEqual(['share', 'full'])
  expect(jpegs('tiff', 1000, 800)).toEqual(['full'])
  expect(jpegs('png', 1000, 800)).toEqual([])
})
