import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sharedData, testLimits } from '../testing.ts'
import { decodePicture } from './decode-picture.ts'
import { heicOfTwo } from './heic-testing.ts'
import { PictureRefused, type Refusal } from './refused.ts'

const folder = sharedData('bugs')
const manifest = folder ? readFileSync(join(folder, 'manifest.csv'), 'utf8').trim().split('\n').slice(1) : []
/** File and expectation of each row about a picture as such; those about its time are read-metadata's. */
const rows = manifest.flatMap(row => {
  const [, file = '', expected = ''] = /^([^,]+),(?:"[^"]*"|[^,]*),("[^"]*"|[^,]*),/.exec(row) ?? []
  const isPicture = /\.(heic|avif|nef|tif|jpg)$/.test(file) && !file.startsWith('exif_')
  return isPicture ? [{ file, expected: expected.replaceAll('"', '') }] : []
})

async function read(file: string) {
  const bytes = readFileSync(join(folder!, file))
  const picture = await decodePicture(bytes, 3000, testLimits).catch((error: PictureRefused) => error.refusal)
  return picture
}

/** The colours in the middle of as many upright stripes. */
const stripes = ({ pixels: { data, width, height } }: Awaited<ReturnType<typeof decodePicture>>, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const at = ((height >> 1) * width + Math.floor(((i + 0.5) * width) / count)) * 3
    return [...data.subarray(at, at + 3)]
  })

describe.skipIf(!folder)('pictures of real cameras and programs (shared/data/bugs is not on every machine)', () => {
  test('the manifest has those that are looked at here', () => {
    expect(rows.map(row => row.file).sort()).toEqual([
      'adobergb_r03_noicc.jpg',
      'heic_p3.heic',
      'jpeg_no_eoi.jpg',
      'raw_like_nef.nef',
      'tiff_lab8.tif',
      'tiff_thumb_first.tif',
    ])
  })

  test.each(rows.filter(row => /\(\d+,\d+,\d+\)/.test(row.expected)))('$file has the colours $expected', async row => {
    const picture = await read(row.file)
    const colours = [...row.expected.matchAll(/\((\d+),(\d+),(\d+)\)/g)].map(([, ...numbers]) => numbers.map(Number))
    const slack = Number(/±(\d+)/.exec(row.expected)![1])
    if (typeof picture === 'string') throw new Error(`refused: ${picture}`)
    for (const [i, found] of stripes(picture, colours.length).entries())
      for (const [channel, value] of found.entries())
        expect(Math.abs(value - colours[i]![channel]!)).toBeLessThanOrEqual(slack)
  })

  test.each(rows.filter(row => /the \d+x\d+ page/.test(row.expected)))(
    '$file: $expected',
    async ({ file, expected }) => {
      const [, width, height] = /(\d+)x(\d+) page/.exec(expected)!.map(Number)
      expect(await read(file)).toMatchObject({ width, height, pixels: { width, height } })
    },
  )

  test('raw_like_nef.nef is refused: its thumbnail is never sold', async () => {
    expect(await read('raw_like_nef.nef')).toBe('not_an_image' satisfies Refusal)
  })

  test('tiff_lab8.tif has the colours of the same picture in RGB', async () => {
    const [lab, rgb] = [await read('tiff_lab8.tif'), await read('tiff_thumb_first.tif')]
    if (typeof lab === 'string' || typeof rgb === 'string') throw new Error('refused')
    for (const [i, found] of stripes(lab, 5).entries())
      for (const [channel, value] of found.entries())
        expect(Math.abs(value - stripes(rgb, 5)[i]![channel]!)).toBeLessThanOrEqual(5)
  })

  test('jpeg_no_eoi.jpg is accepted, and no picture that lacks more than its last two bytes', async () => {
    expect(await read('jpeg_no_eoi.jpg')).toMatchObject({ width: 800, height: 600 })
    const bytes = readFileSync(join(folder!, 'jpeg_no_eoi.jpg'))
    for (const share of [0.3, 0.6, 0.9, 0.98]) {
      const cut = bytes.subarray(0, Math.round(bytes.length * share))
      await expect(decodePicture(cut, 3000, testLimits)).rejects.toBeInstanceOf(PictureRefused)
    }
  })
})

const messi = sharedData('event_demo/selfies_hard/lionel_messi.heic')
test.skipIf(!folder || !messi).each([1, 2] as const)(
  'of the two pictures of a HEIC file the primary one is taken, with its own colours: %i',
  async primary => {
    const [square, wide] = [readFileSync(messi!), readFileSync(join(folder!, 'heic_p3.heic'))]
    const picture = await decodePicture(heicOfTwo(square, wide, primary), 3000, testLimits)
    const alone = await decodePicture(primary === 1 ? square : wide, 3000, testLimits)
    expect([picture.width, picture.height]).toEqual(primary === 1 ? [500, 500] : [640, 480])
    expect(picture.pixels.data.equals(alone.pixels.data)).toBe(true)
  },
)

/** Stripes in red, green, blue and white, as wide as high. */
const drawing = () =>
  sharp({ create: { width: 320, height: 200, channels: 3, background: '#ffffff' } }).composite(
    ['#e02020', '#20c020', '#2020d0'].map((background, i) => ({
      input: { create: { width: 80, height: 200, channels: 3 as const, background } },
      left: i * 80,
      top: 0,
    })),
  )

test.each([false, true])(
  'a JPEG picture (progressive: %s) needs all of its scans, but not its end marker',
  async progressive => {
    const noise = {
      create: {
        width: 400,
        height: 300,
        channels: 3 as const,
        background: '#808080',
        noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
      },
    }
    const bytes = await sharp(noise).jpeg({ progressive, quality: 90 }).toBuffer()
    const whole = await decodePicture(bytes, 3000, testLimits)
    const endless = await decodePicture(bytes.subarray(0, -2), 3000, testLimits)
    expect(endless.pixels.data.equals(whole.pixels.data)).toBe(true)
    // Where a scan of a progressive picture begins: cut there, a decoder sees nothing wrong.
    for (let at = bytes.indexOf(START_OF_SCAN) + 1; at > 0; at = bytes.indexOf(START_OF_SCAN, at) + 1) {
      await expect(decodePicture(bytes.subarray(0, at - 1), 3000, testLimits)).rejects.toBeInstanceOf(PictureRefused)
    }
    for (const share of [0.2, 0.5, 0.8, 0.95]) {
      const cut = bytes.subarray(0, Math.round(bytes.length * share))
      await expect(decodePicture(cut, 3000, testLimits)).rejects.toBeInstanceOf(PictureRefused)
    }
  },
)
const START_OF_SCAN = Buffer.from([0xff, 0xda])

test('a HEIF picture is turned by the file, else by EXIF, and never by both', async () => {
  const plain = await drawing().avif({ quality: 90 }).toBuffer()
  const turned = await drawing().withMetadata({ orientation: 6 }).avif({ quality: 90 }).toBuffer()
  const upright = await decodePicture(turned, 3000, testLimits)
  expect([upright.width, upright.height, upright.pixels.width, upright.pixels.height]).toEqual([200, 320, 200, 320])
  const byExif = Buffer.from(turned)
  for (const box of ['irot', 'imir']) {
    const at = byExif.indexOf(box, 0, 'latin1')
    if (at > 0) byExif.write('free', at, 'latin1')
  }
  const again = await decodePicture(byExif, 3000, testLimits)
  expect([again.width, again.height, again.pixels.width, again.pixels.height]).toEqual([200, 320, 200, 320])
  // Turned clockwise: what was left is on top.
  const top = [...again.pixels.data.subarray(20 * 200 * 3 + 300, 20 * 200 * 3 + 303)]
  expect(top[0]! > 180 && top[1]! < 90).toBe(true)
  expect(await decodePicture(plain, 3000, testLimits)).toMatchObject({ width: 320, height: 200 })
})

test('an AVIF picture that only names its colours by number has them', async () => {
  const options = { quality: 95, chromaSubsampling: '4:4:4' }
  const wide = await drawing().withIccProfile('p3').avif(options).toBuffer()
  const at = wide.indexOf('colrrICC', 0, 'latin1') + 4
  expect(at).toBeGreaterThan(4)
  // Display P3 with the curve of sRGB, and how libheif writes YCbCr: by BT.601 in full range.
  Buffer.from([...Buffer.from('nclx'), 0, 12, 0, 13, 0, 6, 0x80]).copy(wide, at)
  const plain = await drawing().avif(options).toBuffer()
  const [named, expected] = [
    stripes(await decodePicture(wide, 3000, testLimits), 4),
    stripes(await decodePicture(plain, 3000, testLimits), 4),
  ]
  for (const [i, colour] of named.entries())
    for (const [channel, value] of colour.entries())
      expect(Math.abs(value - expected[i]![channel]!)).toBeLessThanOrEqual(8)
})
