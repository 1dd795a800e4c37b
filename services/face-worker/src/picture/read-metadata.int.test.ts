import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sharedData, testLimits } from '../testing.ts'
import { decodePicture } from './decode-picture.ts'
import { readCameraFacts } from './read-metadata.ts'

const folder = sharedData('bugs')
const rows = folder ? readFileSync(join(folder, 'manifest.csv'), 'utf8').trim().split('\n') : []
/** The first moment that the manifest expects of a file; null where it expects none. */
const expected = rows.flatMap(row => {
  const [, file, wanted = ''] = /^(exif_[^,]+),(?:"[^"]*"|[^,]*),("[^"]*"|[^,]*),/.exec(row) ?? []
  return file ? [{ file, moment: /\d{4}-\d\d-\d\dT\d\d:\d\dZ/.exec(wanted)?.[0] ?? null }] : []
})

const timeOf = async (bytes: Buffer) => {
  const { exif, xmp } = await decodePicture(bytes, 400, testLimits)
  return (await readCameraFacts(exif, xmp)).takenAt?.toISOString() ?? null
}

describe.skipIf(!folder)('dates that cameras and programs write (shared/data/bugs is not on every machine)', () => {
  test.each(expected.filter(({ file }) => file !== 'exif_clock_reset_2015.jpg'))('$file: $moment', async given => {
    const taken = await timeOf(readFileSync(join(folder!, given.file)))
    expect(taken).toBe(given.moment && given.moment.replace('Z', ':00.000Z'))
  })

  test('a clock that was reset is read as it stands: whether it fits the event is for the gallery to judge', async () => {
    expect(expected).toHaveLength(10)
    expect(await timeOf(readFileSync(join(folder!, 'exif_clock_reset_2015.jpg')))).toBe('2014-12-31T17:03:11.000Z')
  })
})

test.each([
  ['an attribute', '<rdf:Description exif:DateTimeOriginal="2026-11-14T18:40:00+07:00"/>'],
  ['an element', '<rdf:Description><xmp:CreateDate>2026-11-14T11:40:00Z</xmp:CreateDate></rdf:Description>'],
])('a picture with no date but in XMP, as %s, was taken then', async (_, description) => {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta>`
  const picture = sharp({ create: { width: 40, height: 40, channels: 3, background: '#336699' } })
  expect(await timeOf(await picture.withXmp(packet).jpeg().toBuffer())).toBe('2026-11-14T11:40:00.000Z')
})

const WRITTEN = {
  IFD0: { Make: 'Canon', Model: 'Canon EOS R6' },
  IFD2: {
    ExposureTime: '1/500',
    FNumber: '28/10',
    ISOSpeedRatings: '3200',
    FocalLength: '200/1',
    BodySerialNumber: '  0123\u0007456 ',
    LensModel: 'RF70-200mm F2.8',
    LensSerialNumber: '9876',
  },
}
const factsOf = async (exif: object) => {
  const picture = sharp({ create: { width: 40, height: 40, channels: 3, background: '#336699' } })
  const decoded = await decodePicture(await picture.withExif(exif).jpeg().toBuffer(), 400, testLimits)
  return readCameraFacts(decoded.exif)
}

test('exposure, lens and serial numbers are read as the camera wrote them, without what cannot be printed', async () => {
  expect(await factsOf(WRITTEN)).toMatchObject({
    camera: 'Canon EOS R6',
    lens: 'RF70-200mm F2.8',
    exposureSeconds: 0.002,
    fNumber: 2.8,
    iso: 3200,
    focalLength: 200,
    cameraSerial: '0123456',
    lensSerial: '9876',
  })
})

test('a measure that no camera can mean is none', async () => {
  const IFD2 = { ExposureTime: '0/1', FNumber: '0/10', ISOSpeedRatings: '0', FocalLength: '4000000/1' }
  const nothing = { exposureSeconds: null, fNumber: null, iso: null, focalLength: null, cameraSerial: null }
  expect(await factsOf({ IFD2 })).toMatchObject(nothing)
  expect(await factsOf({ IFD2: { ExposureTime: '1/0', FNumber: '1/0' } })).toMatchObject(nothing)
})
