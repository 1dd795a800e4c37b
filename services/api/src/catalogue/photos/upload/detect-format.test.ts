import sharp from 'sharp'
import { expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'

const square = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#446688' } })

test.each(['jpg', 'png', 'webp', 'tiff', 'avif'] as const)('%s is known by its content', async format => {
  const bytes = await square()
    .toFormat(format === 'jpg' ? 'jpeg' : format)
    .toBuffer()
  expect(detectFormat(bytes)).toBe(format)
})

const box = (...brands: string[]) =>
  Buffer.concat([Buffer.from([0, 0, 0, 8 + brands.length * 4]), Buffer.from('ftyp'), Buffer.from(brands.join(''))])

test('HEIC is known by its brands, also where only a compatible one names it', () => {
  expect(detectFormat(box('heic', '\0\0\0\0', 'mif1'))).toBe('heic')
  expect(detectFormat(box('mif1', '\0\0\0\0', 'heic'))).toBe('heic')
  expect(detectFormat(box('mif1', '\0\0\0\0', 'avif'))).toBe('avif')
  expect(detectFormat(box('isom', '\0\0\0\0', 'mp42'))).toBeNull()
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
  ['HTML', '<!doctype html><script>alert(1)</script>'],
  ['PDF', '%PDF-1.7 and so on'],
  ['GIF', 'GIF89a and so on'],
  ['BMP', 'BM and so on and on'],
  ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['nothing', ''],
  ['two bytes', '\xff\xd8'],
])('%s is refused', (_, text) => {
  expect(detectFormat(Buffer.from(text, 'latin1'))).toBeNull()
})
