import sharp from 'sharp'
import { expect, test } from 'vitest'
import { detectFormat, type PhotoFormat } from '../detect-format.ts'
import { readHeader } from './read-header.ts'

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#446688' } })

const sizeOf = (bytes: Buffer) => readHeader(detectFormat(bytes)!, bytes).size

test.each([
  ['JPEG', () => picture(123, 45).jpeg()],
  ['progressive JPEG', () => picture(123, 45).jpeg({ progressive: true })],
  [
    'JPEG with metadata before the frame',
    () =>
      picture(123, 45)
        .withExif({ IFD0: { Copyright: 'x' } })
        .jpeg(),
  ],
  ['PNG', () => picture(123, 45).png()],
  ['WebP', () => picture(123, 45).webp()],
  ['lossless WebP', () => picture(123, 45).webp({ lossless: true })],
  [
    'extended WebP',
    () =>
      picture(123, 45)
        .withExif({ IFD0: { Copyright: 'x' } })
        .webp(),
  ],
  ['TIFF', () => picture(123, 45).tiff()],
  ['tiled TIFF', () => picture(123, 45).tiff({ tile: true, tileWidth: 16, tileHeight: 16 })],
  ['BigTIFF', () => picture(123, 45).tiff({ bigtiff: true })],
  ['AVIF', () => picture(123, 45).avif()],
])('the size of a %s is read from its header', async (_, make) => {
  expect(sizeOf(await make().toBuffer())).toEqual({ width: 123, height: 45 })
})

const tag = (id: number, type: 3 | 4, ...values: number[]) => ({ id, type, values })
const sized = (width: number, height: number) => [tag(256, 4, width), tag(257, 4, height)]

/** Where a page lies in it. */
const place = (page: number) => 8 + page * 1_000

/** A little-endian TIFF of pages at 8, 1008, 2008 and so on; `next` and the sub-pages name them by number. */
function tiff(pages: { fields: ReturnType<typeof tag>[]; next?: number }[], mark = 42): Buffer {
  const bytes = Buffer.alloc(8 + pages.length * 1_000)
  bytes.write('II')
  bytes.writeUInt16LE(mark, 2)
  bytes.writeUInt32LE(place(0), 4)
  for (const [i, { fields, next }] of pages.entries()) {
    let at = place(i)
    let far = at + 500
    bytes.writeUInt16LE(fields.length, at)
    at += 2
    for (const { id, type, values } of fields) {
      bytes.writeUInt16LE(id, at)
      bytes.writeUInt16LE(type, at + 2)
      bytes.writeUInt32LE(values.length, at + 4)
      const numbers = id === 330 ? values.map(place) : values
      if (numbers.length > 1) bytes.writeUInt32LE(far, at + 8)
      for (const number of numbers) {
        const to = numbers.length > 1 ? far : at + 8
        if (type === 3) bytes.writeUInt16LE(number, to)
        else bytes.writeUInt32LE(number, to)
        far += 4
      }
      at += 12
    }
    bytes.writeUInt32LE(next === undefined ? 0 : place(next), at)
  }
  return bytes
}

test('of a TIFF whose first page is a thumbnail the largest page counts', () => {
  const bytes = tiff([{ fields: [tag(254, 4, 1), ...sized(160, 120)], next: 1 }, { fields: sized(6000, 4000) }])
  expect(readHeader('tiff', bytes)).toEqual({ size: { width: 6000, height: 4000 }, refusal: null })
})

test.each([
  [
    'a thumbnail above sub-pages',
    [{ fields: [tag(254, 4, 1), ...sized(160, 120), tag(330, 4, 1, 1)] }, { fields: [] }],
  ],
  ['values of a sensor', [{ fields: [...sized(6000, 4000), tag(262, 3, 32_803)] }]],
  [
    'values of a sensor on a sub-page',
    [{ fields: [...sized(60, 40), tag(330, 4, 1)] }, { fields: [tag(262, 3, 34_892)] }],
  ],
  ['the mark of DNG', [{ fields: [...sized(6000, 4000), tag(50_706, 4, 1)] }]],
])('a TIFF with %s is a raw file', (_, pages) => {
  expect(readHeader('tiff', tiff(pages)).refusal).toBe('raw_file')
})

test('a TIFF in Lab colors is named as such', () => {
  expect(readHeader('tiff', tiff([{ fields: [...sized(600, 400), tag(262, 3, 8)] }])).refusal).toBe(
    'unsupported_colors',
  )
})

test('a TIFF whose directory is out of reach, or leads in circles, gives what can be read', () => {
  const far = Buffer.from('II*\0\xff\xff\xff\x7f'.padEnd(64, '\0'), 'latin1')
  expect(readHeader('tiff', far)).toEqual({ size: null, refusal: null })
  const circle = tiff([
    { fields: [...sized(60, 40), tag(330, 4, 0, 0, 1)], next: 0 },
    { fields: sized(70, 50), next: 0 },
  ])
  expect(readHeader('tiff', circle).size).toEqual({ width: 70, height: 50 })
})

const u32 = (...numbers: number[]) =>
  Buffer.concat(numbers.map(number => Buffer.from([number >>> 24, number >>> 16, number >>> 8, number])))
const box = (type: string, ...content: Buffer[]) => {
  const all = Buffer.concat(content)
  return Buffer.concat([u32(all.length + 8), Buffer.from(type), all])
}
const heic = (...properties: Buffer[]) =>
  Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1')),
    box('meta', u32(0), box('hdlr', u32(0)), box('iprp', box('ipco', ...properties))),
  ])
const extent = (width: number, height: number) => box('ispe', u32(0, width, height))

test('of HEIC the largest picture counts, not its tiles or its thumbnail', () => {
  expect(sizeOf(heic(extent(512, 512), box('irot', Buffer.from([1])), extent(4032, 3024), extent(320, 240)))).toEqual({
    width: 4032,
    height: 3024,
  })
  expect(sizeOf(heic(extent(12_000, 10_000)))).toEqual({ width: 12_000, height: 10_000 })
})

test('boxes that are cut, empty or endless end the reading', () => {
  for (const length of [0, 1, 7]) {
    const bytes = heic(extent(64, 48))
    bytes.writeUInt32BE(length, bytes.indexOf('ispe') - 4)
    expect(() => sizeOf(bytes)).not.toThrow()
  }
})

/** The same numbers on every run. */
function* random(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state
  }
}

test('no damage to a header makes its reading fail or take long', async () => {
  const whole: [PhotoFormat, Buffer][] = [
    ['jpg', await picture(64, 48).jpeg().toBuffer()],
    ['png', await picture(64, 48).png().toBuffer()],
    ['webp', await picture(64, 48).webp().toBuffer()],
    ['avif', await picture(64, 48).avif().toBuffer()],
    ['heic', heic(extent(64, 48))],
    ['tiff', tiff([{ fields: [...sized(60, 40), tag(330, 4, 1, 1)], next: 1 }, { fields: sized(70, 50) }])],
  ]
  const numbers = random(7)
  const before = process.cpuUsage()
  for (const [format, bytes] of whole) {
    for (let round = 0; round < 300; round += 1) {
      const damaged = Buffer.from(bytes.subarray(0, 1 + (numbers.next().value % bytes.length)))
      for (let i = 0; i < 8; i += 1) damaged[numbers.next().value % damaged.length] = numbers.next().value % 256
      expect(() => readHeader(format, damaged)).not.toThrow()
    }
  }
  const { user, system } = process.cpuUsage(before)
  expect(user + system).toBeLessThan(5_000_000)
})
