import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultFaceCache } from '../default-cache.ts'
import { createFaceEngine } from '../engine.ts'
import type { FaceEngineName } from '../engines.ts'
import { findMatches, type Probe } from './find-matches.ts'
import { decodePhoto } from '../see/image/decode-photo.ts'
import { createEventIndex, type EventIndex } from '../index/event-index.ts'
import { meanEmbedding } from '../index/testing.ts'
import type { DetectedFace, FaceEngine, RawImage } from '../types.ts'

/** Photos of real people are not in this repository: without the test data beside it these tests are skipped. */
const folder = fileURLToPath(new URL('../../../../../shared/data/event_demo', import.meta.url))

const shared = existsSync(folder)

interface Least {
  recall: number
  precision: number
}

/**
 * Tests on the demo event: what honest selfies see, and that nobody buys everybody's photos with a face that is nobody's.
 *
 * @param least what honest selfies must reach
 * @param isMissing the engine has no weights here
 */
export function describeDemoEvent(engineName: FaceEngineName, least: Least, isMissing: boolean): void {
  const why = shared
    ? isMissing
      ? ' [skipped: the weights are not in the cache]'
      : ''
    : ' [skipped: no shared test data here]'
  describe.skipIf(!shared || isMissing)(
    `the demo event of the shared test data read with ${engineName}${why}`,
    () => {
      let engine: FaceEngine
      let index: EventIndex
      const faces: DetectedFace[] = []
      const selfies = new Map<string, DetectedFace>()

      beforeAll(async () => {
        engine = await createFaceEngine({
          engine: engineName,
          runtime: 'auto',
          cacheDir: defaultFaceCache(),
        })
        index = createEventIndex({ modelVersion: engine.modelVersion })
        for (const photoId of readdirSync(join(folder, 'photos')).sort()) {
          const found = await engine.detect(await decodePhoto(join(folder, 'photos', photoId)))
          faces.push(...found)
          index.add(found.map((face, n) => ({ ...face, faceId: `${photoId}#${n}`, photoId })))
        }
        for (const name of readdirSync(join(folder, 'selfies')).sort()) {
          const reading = await engine.readSelfie(await decodePhoto(join(folder, 'selfies', name)))
          if (reading.kind === 'faces' && reading.faces[0]) selfies.set(name, reading.faces[0])
        }
      }, 900_000)
      afterAll(() => engine.close())

      const shown = (probe: Probe) => findMatches(index, probe).filter(({ band }) => band !== 'maybe')

      test('honest selfies see what they saw', () => {
        const [truth, ignored] = [pairsIn('truth.csv'), pairsIn('ignore.csv')]
        const seen = [...selfies]
          .flatMap(([selfie, face]) => shown(face).map(({ photoId }) => `${selfie} ${photoId}`))
          .filter(pair => !ignored.has(pair))
        const right = seen.filter(pair => truth.has(pair)).length
        expect(right / truth.size).toBeGreaterThanOrEqual(least.recall)
        expect(right / seen.length).toBeGreaterThanOrEqual(least.precision)
      })

      test('the mean of all faces, or of all selfies, shows no more photos than one person has', () => {
        for (const some of [faces, [...selfies.values()]]) {
          for (const length of [undefined, 1.3, 1.4]) {
            const embedding = meanEmbedding(
              some.map(face => face.embedding),
              length,
            )
            expect(findMatches(index, { embedding, quality: 1 }).length).toBeGreaterThan(mostOfOne())
            expect(shown({ embedding, quality: 1 }).length).toBeLessThanOrEqual(mostOfOne())
          }
        }
      })

      test('a picture averaged from several selfies shows no more photos than one person has', async () => {
        const names = [...selfies.keys()]
        for (const some of [names.slice(0, 2), names.slice(9, 12), names]) {
          const reading = await engine.readSelfie(await averagedPicture(some))
          const [face] = reading.kind === 'faces' ? reading.faces : []
          expect(face).toBeDefined()
          expect(shown(face!).length).toBeLessThanOrEqual(mostOfOne())
        }
      })
    },
    900_000,
  )
}

/** The most photos that one person of this event is in. */
function mostOfOne(): number {
  const counts = new Map<string, number>()
  for (const pair of pairsIn('truth.csv')) {
    const [selfie = ''] = pair.split(' ')
    counts.set(selfie, (counts.get(selfie) ?? 0) + 1)
  }
  return Math.max(...counts.values())
}

/** Selfie and photo of every row. */
function pairsIn(file: string): Set<string> {
  const [, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split('\n')
  return new Set(lines.map(line => line.split(',').slice(0, 2).join(' ')))
}

/** The faces of these selfies lie in their middle. The mean of their pixels shows a face that is nobody's. */
async function averagedPicture(names: readonly string[]): Promise<RawImage> {
  const side = 400
  const sums = new Float64Array(side * side * 3)
  for (const name of names) {
    const picture = sharp(join(folder, 'selfies', name))
      .rotate()
      .resize(side, side, { fit: 'cover' })
    const pixels = await picture.removeAlpha().toColourspace('srgb').raw().toBuffer()
    for (const [i, value] of pixels.entries()) sums[i]! += value
  }
  return { width: side, height: side, data: Uint8Array.from(sums, sum => Math.round(sum / names.length)) }
}
