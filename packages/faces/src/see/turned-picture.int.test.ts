import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultFaceCache } from '../default-cache.ts'
import { createFaceEngine } from '../engine.ts'
import { ENGINE_CASES, hasWeights, noWeights } from '../engines-testing.ts'
import { decodePhoto } from './image/decode-photo.ts'
import type { DetectedFace, FaceEngine } from '../types.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const event = new URL('../../../../../shared/data/event_demo/', import.meta.url).pathname
const TURNS = [90, 180, 270]

/** A turned picture has other pixels, but the same face. */
const SAME = { 'face-api': 0.2, sface: 0.3 }

const distance = (a: Float32Array, b: Float32Array): number =>
  Math.hypot(...a.map((value, i) => value - (b[i] as number)))

const upright = (path: string) => sharp(path).rotate().png().toBuffer()
const selfies = existsSync(event) ? readdirSync(join(event, 'selfies')) : []
/** One selfie in so many is turned: face-api takes five times as long for each. */
const ONE_OF = { 'face-api': 18, sface: 6 }

for (const { engine: name, skip, note } of ENGINE_CASES) {
  describe.skipIf(skip)(`${name}${note}`, () => {
    let engine: FaceEngine
    beforeAll(async () => {
      const cacheDir = defaultFaceCache()
      engine = await createFaceEngine({ engine: name, runtime: 'auto', cacheDir })
    })
    afterAll(() => engine.close())

    /** The selfie, turned in its pixels as chat programs leave it. */
    async function read(selfie: Buffer, turned = 0) {
      return engine.readSelfie(await decodePhoto(await sharp(selfie).rotate(turned).png().toBuffer()))
    }

    /** One person out of a photo of several. */
    async function selfieFrom(name: string): Promise<Buffer> {
      const bytes = await upright(join(demo, name))
      const photo = await decodePhoto(bytes)
      const [{ box }] = (await engine.detect(photo)) as [DetectedFace]
      const side = Math.round(box.width * photo.width * 2.2)
      const left = Math.max(0, Math.round((box.x + box.width / 2) * photo.width - side / 2))
      const top = Math.max(0, Math.round((box.y + box.height / 2) * photo.height - side / 2))
      const [width, height] = [Math.min(side, photo.width - left), Math.min(Math.round(side * 1.2), photo.height - top)]
      return sharp(bytes).extract({ left, top, width, height }).resize(600).png().toBuffer()
    }

    const faceOf = (reading: Awaited<ReturnType<typeof read>>): DetectedFace | undefined =>
      reading.kind === 'faces' ? reading.faces[0] : undefined

    test('a selfie that lies on its side or stands on its head finds whom the upright one finds', async () => {
      for (const file of ['sample1.jpg', 'sample2.jpg', 'sample5.jpg']) {
        const selfie = await selfieFrom(file)
        const straight = faceOf(await read(selfie))!
        for (const turned of TURNS) {
          const face = faceOf(await read(selfie, turned))
          expect([file, turned, face && distance(face.embedding, straight.embedding) < SAME[name]]).toEqual([
            file,
            turned,
            true,
          ])
        }
      }
    })

    test('the box of a face lies where it is in the selfie as it came', async () => {
      const selfie = await selfieFrom('sample2.jpg')
      const { box } = faceOf(await read(selfie))!
      const expected = [
        { x: 1 - box.y - box.height, y: box.x, width: box.height, height: box.width },
        { x: 1 - box.x - box.width, y: 1 - box.y - box.height, width: box.width, height: box.height },
        { x: box.y, y: 1 - box.x - box.width, width: box.height, height: box.width },
      ]
      for (const [i, turned] of TURNS.entries()) {
        const found = faceOf(await read(selfie, turned))!.box
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(Math.abs(found[side] - expected[i]![side])).toBeLessThan(0.04)
      }
    })

    test('a selfie in which blur leaves no face to see is refused as blurred', async () => {
      const selfie = await selfieFrom('sample1.jpg')
      for (const sigma of [12, 20]) {
        const blurred = await sharp(selfie).blur(sigma).png().toBuffer()
        expect(await read(blurred)).toMatchObject({ kind: 'refused', fault: 'face_too_poor' })
        expect(await read(blurred)).toHaveProperty('hints', expect.arrayContaining(['too_blurred']))
      }
    })

    test.skipIf(selfies.length === 0)(
      'turned selfies of the demo event are read as the upright ones (shared data)',
      async () => {
        let [same, all] = [0, 0]
        for (const file of selfies.filter((_, i) => i % ONE_OF[name] === 0)) {
          const selfie = await upright(join(event, 'selfies', file))
          const straight = faceOf(await read(selfie))
          if (!straight) continue
          for (const turned of TURNS) {
            const face = faceOf(await read(selfie, turned))
            all++
            if (face && distance(face.embedding, straight.embedding) < SAME[name]) same++
          }
        }
        expect(same / all).toBeGreaterThanOrEqual(0.85)
      },
    )
  })
}

test.skipIf(!hasWeights)(
  `sface reads a photo that lies on its side or stands on its head as the upright one${noWeights}`,
  async () => {
    const engine = await createFaceEngine({ engine: 'sface', runtime: 'auto', cacheDir: defaultFaceCache() })
    const photo = await upright(join(demo, 'sample5.jpg'))
    const straight = await engine.detect(await decodePhoto(photo))
    for (const turned of TURNS) {
      const faces = await engine.detect(await decodePhoto(await sharp(photo).rotate(turned).png().toBuffer()))
      expect([turned, faces.length]).toEqual([turned, straight.length])
      for (const { embedding } of straight) {
        expect(Math.min(...faces.map(face => distance(face.embedding, embedding)))).toBeLessThan(SAME.sface)
      }
    }
    await engine.close()
  },
)
