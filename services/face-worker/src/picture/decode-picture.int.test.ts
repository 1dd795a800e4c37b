import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sharedData, testLimits } from '../testing.ts'
import { decodePicture } from './decode-picture.ts'
import { makeDerivatives } from './derivatives.ts'
import { fingerprint } from './fingerprint.ts'
import { readCameraFacts } from './read-metadata.ts'
import { PictureRefused } from './refused.ts'

const folder = sharedData('robust')
const rows = folder ? readFileSync(join(folder, 'manifest.csv'), 'utf8').trim().split('\n').slice(1) : []
const uploads = rows.map(row => {
  const [, file = '', expected = ''] = /^([^,]*),\d+,(?:"[^"]*"|[^,]*),("[^"]*"|[^,]*),/.exec(row) ?? []
  return { file, expected: expected.replaceAll('"', '') }
})

/** The whole pass over a picture but faces and storage. */
async function pass(bytes: Buffer): Promise<'accepted' | 'refused'> {
  try {
    const picture = await decodePicture(bytes, 3000, testLimits)
    await readCameraFacts(picture.exif)
    const { files, medium } = await makeDerivatives(
      picture.pixels,
      { words: 'ThePixStock', place: 'tiled', logo: null },
      [],
      false,
    )
    await fingerprint(medium)
    for (const file of Object.values(files)) {
      const { format, exif } = await sharp(file).metadata()
      expect([format, exif]).toEqual(['jpeg', undefined])
    }
    return 'accepted'
  } catch (error) {
    if (error instanceof PictureRefused) return 'refused'
    throw error
  }
}

test('what is transparent has one background for the worker and for tools', async () => {
  const picture = { width: 40, height: 30, channels: 4, background: { r: 200, g: 30, b: 30, alpha: 0.4 } } as const
  const bytes = await sharp({ create: picture }).png().toBuffer()
  const { pixels } = await decodePicture(bytes, 3000, testLimits)
  expect(Buffer.from((await decodePhoto(bytes)).data)).toEqual(Buffer.from(pixels.data))
})

describe.skipIf(!folder)('odd, broken and hostile uploads (shared/data/robust is not on every machine)', () => {
  test.each(uploads)('$file: $expected', async ({ file, expected }) => {
    const answer = await pass(readFileSync(join(folder!, file)))
    const mayAccept = /accept|first frame/.test(expected)
    const mayRefuse = /reject|415/.test(expected)
    expect(mayAccept || mayRefuse).toBe(true)
    expect(answer === 'accepted' ? mayAccept : mayRefuse).toBe(true)
  })

  test('all of them leave the memory as it was, within 300 MB', async () => {
    global.gc?.()
    const before = process.memoryUsage().rss
    let most = before
    for (const { file } of uploads) {
      await pass(readFileSync(join(folder!, file)))
      most = Math.max(most, process.memoryUsage().rss)
    }
    expect(most - before).toBeLessThan(300 * 1024 * 1024)
  })

  test('a picture decodes the same whichever way its camera was held', async () => {
    const [upright, turned] = await Promise.all(
      ['orient_landscape_1.jpg', 'orient_landscape_6.jpg'].map(file =>
        decodePicture(readFileSync(join(folder!, file)), 400, testLimits),
      ),
    )
    expect([turned!.width, turned!.height]).toEqual([1800, 1200])
    expect([turned!.pixels.width, turned!.pixels.height]).toEqual([upright!.pixels.width, upright!.pixels.height])
    const differences = upright!.pixels.data.map((value, i) => Math.abs(value - turned!.pixels.data[i]!))
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(6)
  })
})

const heic = sharedData('event_demo/selfies_hard/lionel_messi.heic')
test.skipIf(!heic)('HEIC is decoded to its pixels', async () => {
  const { pixels } = await decodePicture(readFileSync(heic!), 3000, testLimits)
  const { channels } = await sharp(pixels.data, { raw: { ...pixels, channels: 3 } }).stats()
  expect(pixels.data.length).toBe(pixels.width * pixels.height * 3)
  for (const channel of channels) expect(channel.stdev).toBeGreaterThan(20)
})
