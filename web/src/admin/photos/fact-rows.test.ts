import type { PhotoMetadata } from '@pix/contracts/photo-facts.ts'
import { beforeAll, expect, test, vi } from 'vitest'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { factRows } = await import('./fact-rows.ts')

beforeAll(() => {
  i18n.global.locale.value = 'en'
})

const NOT_WRITTEN = 'The camera did not write it'
const NOT_KNOWN = 'Not known: it is not processed yet, or was before we kept this'

const UNREAD: PhotoMetadata = {
  id: '0193a1b2-0000-7000-8000-000000000001',
  takenAt: null,
  width: 0,
  height: 0,
  bytes: 2048,
  format: 'jpg',
  camera: null,
  lens: null,
  exposure: null,
  crew: {
    fileName: 'A_0001.jpg',
    sha256: '00',
    uploadedAt: '2026-11-27T02:00:00.000Z',
    processedAt: null,
    place: null,
    serials: null,
  },
}
const wordsOf = (metadata: PhotoMetadata) => Object.fromEntries(factRows(metadata, 'Mary'))

test('of a photo that nobody has read yet it is not said what its camera wrote', () => {
  expect(wordsOf(UNREAD)).toMatchObject({
    takenAt: NOT_KNOWN,
    photographer: 'Mary',
    camera: NOT_KNOWN,
    lens: NOT_KNOWN,
    exposure: NOT_KNOWN,
    serials: NOT_KNOWN,
    gps: NOT_KNOWN,
  })
})

test('of a photo that was read before exposure was kept, the rest is known not to be written', () => {
  const read = { ...UNREAD, crew: { ...UNREAD.crew!, processedAt: '2026-11-27T02:01:00.000Z' } }
  expect(wordsOf(read)).toMatchObject({
    takenAt: 'Not certain, or the camera’s clock was wrong',
    camera: NOT_WRITTEN,
    lens: NOT_WRITTEN,
    exposure: NOT_KNOWN,
    serials: NOT_KNOWN,
    gps: NOT_WRITTEN,
  })
})

test('what was written is shown', () => {
  const shown = wordsOf({
    ...UNREAD,
    width: 6000,
    height: 4000,
    camera: 'Canon EOS R5',
    exposure: { seconds: null, fNumber: null, iso: null, focalLength: null },
    crew: {
      ...UNREAD.crew!,
      processedAt: '2026-11-27T02:01:00.000Z',
      place: { latitude: 13.75, longitude: 100.5 },
      serials: { camera: '123', lens: null },
    },
  })
  expect(shown).toMatchObject({
    camera: 'Canon EOS R5',
    exposure: NOT_WRITTEN,
    serials: '123',
    gps: '13.75000, 100.50000',
  })
  expect(shown['size']).toContain('6,000 × 4,000')
})
