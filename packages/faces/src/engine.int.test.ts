import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMBEDDING_LENGTH } from './see/describe-faces.ts'
import { defaultFaceCache } from './default-cache.ts'
import { createFaceEngine } from './engine.ts'
import { ENGINE_CASES } from './engines-testing.ts'
import { decodePhoto } from './see/image/decode-photo.ts'
import type { DetectedFace, FaceEngine, RawImage, SelfieReading } from './types.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const cacheDir = defaultFaceCache()
const sample = (n: number): Promise<RawImage> => decodePhoto(join(demo, `sample${n}.jpg`))

const distance = (a: DetectedFace, b: DetectedFace): number =>
  Math.hypot(...a.embedding.map((value, i) => value - (b.embedding[i] as number)))

/** A piece of a photo as a customer would crop a selfie from it: the face's box with `room` of its size around. */
async function cropAround(photo: RawImage, { box }: DetectedFace, room: number): Promise<Sharp> {
  const [width, height] = [box.width * photo.width, box.height * photo.height]
  const left = Math.max(0, Math.round(box.x * photo.width - width * room))
  const top = Math.max(0, Math.round(box.y * photo.height - height * room))
  return sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 3 } }).extract({
    left,
    top,
    width: Math.min(photo.width - left, Math.round(width * (1 + 2 * room))),
    height: Math.min(photo.height - top, Math.round(height * (1 + 2 * room))),
  })
}

function facesOf(reading: SelfieReading): DetectedFace[] {
  if (reading.kind === 'faces') return reading.faces
  throw new Error(`refused: ${reading.fault} ${reading.hints.join()}`)
}

const hintsOf = (reading: SelfieReading): string[] => (reading.kind === 'refused' ? reading.hints : [])

/** As near as a person's face lies to itself when the picture is changed: strangers lie twice as far and more. */
const NEAR = { 'face-api': 0.4, sface: 0.6 }
const event = new URL('../../../../shared/data/event_demo/', import.meta.url).pathname

for (const { engine: name, skip, note } of ENGINE_CASES) {
  describe.skipIf(skip)(`${name}${note}`, () => {
    let engine: FaceEngine
    beforeAll(async () => {
      engine = await createFaceEngine({ engine: name, runtime: 'onnx', cacheDir })
    })
    afterAll(() => engine.close())

    test.each([
      [1, 3],
      [2, name === 'sface' ? 2 : 3], // sface leaves the one seen from the side out
      [3, 3],
      [4, 4],
      [5, 5],
      [6, 4],
    ])('every person of group photo %i is found: %i', async (n, people) => {
      const faces = await engine.detect(await sample(n))
      expect(faces).toHaveLength(people)
      for (const { box, landmarks, embedding, quality } of faces) {
        expect(Math.min(box.x, box.y, box.width, box.height)).toBeGreaterThan(0)
        expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1)
        expect(landmarks).toHaveLength(136)
        expect(embedding).toHaveLength(128)
        expect(Math.hypot(...embedding)).toBeCloseTo(EMBEDDING_LENGTH, 5)
        expect(quality).toBeGreaterThan(0.2)
      }
    })

    test('a person is closer to themselves, turned, mirrored and darkened, than to anybody else', async () => {
      const photo = await sample(5)
      const faces = await engine.detect(photo)
      for (const face of faces) {
        const changed = (await cropAround(photo, face, 0.6)).flop().rotate(15).modulate({ brightness: 0.7 })
        const reading = await engine.readSelfie(await decodePhoto(await changed.png().toBuffer()))
        const probe = facesOf(reading)[0] as DetectedFace
        const others = faces.filter(other => other !== face).map(other => distance(probe, other))
        expect(distance(probe, face)).toBeLessThan(NEAR[name])
        expect(distance(probe, face)).toBeLessThan(Math.min(...others))
      }
    })

    test('a tight crop, where the face fills the picture, is still read', async () => {
      const photo = await sample(1)
      const faces = await engine.detect(photo)
      for (const face of faces) {
        const tight = await (await cropAround(photo, face, 0)).png().toBuffer()
        const reading = await engine.readSelfie(await decodePhoto(tight))
        expect(distance(facesOf(reading)[0] as DetectedFace, face)).toBeLessThan(1.15 * NEAR[name])
      }
    })

    test('a selfie with several people lets the customer choose among all of them', async () => {
      const reading = await engine.readSelfie(await sample(3))
      expect(facesOf(reading)).toHaveLength(3)
    })

    describe('selfies that cannot be searched with say what to do', () => {
      test('a picture without anybody: no face found', async () => {
        const grey = { width: 300, height: 300, data: new Uint8Array(270_000).fill(128) }
        expect(await engine.readSelfie(grey)).toMatchObject({ kind: 'refused', fault: 'no_face_found' })
      })

      test('a face of a few pixels: too small', async () => {
        const photo = await sample(1)
        const [face] = await engine.detect(photo)
        const crop = await (await cropAround(photo, face as DetectedFace, 1)).png().toBuffer()
        const tiny = await decodePhoto(await sharp(crop).resize(100).png().toBuffer())
        const reading = await engine.readSelfie(tiny)
        expect(reading).toMatchObject({ kind: 'refused', fault: 'face_too_poor' })
        expect(hintsOf(reading)).toContain('too_small')
      })

      test('a face out of focus: too blurred', async () => {
        const photo = await sample(1)
        const [face] = await engine.detect(photo)
        const crop = await (await cropAround(photo, face as DetectedFace, 0.6)).blur(8).png().toBuffer()
        const reading = await engine.readSelfie(await decodePhoto(crop))
        expect(reading).toMatchObject({ kind: 'refused', fault: 'face_too_poor' })
        expect(hintsOf(reading)).toContain('too_blurred')
      })
    })

    test('small faces in a large photo are found by looking closer', async () => {
      const group = await sharp(join(demo, 'sample5.jpg')).resize({ width: 620 }).png().toBuffer()
      const wide = sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#5a6b4a' } })
      const spread = wide.composite([
        { input: group, left: 200, top: 900 },
        { input: group, left: 1900, top: 1200 },
      ])
      const faces = await engine.detect(await decodePhoto(await spread.png().toBuffer()))
      expect(faces.length).toBeGreaterThanOrEqual(9)
    })

    test('a broken size is refused, not read past its end', async () => {
      await expect(engine.detect({ width: 100, height: 100, data: new Uint8Array(10) })).rejects.toThrow(RangeError)
    })

    test.skipIf(!existsSync(event))(
      'selfies of the demo event are read, or refused where there is nobody (shared data)',
      async () => {
        for (const name of ['kit_harington', 'sheldon', 'virat_kohli', 'Tony_Blair']) {
          expect([name, await readKind(join(event, 'selfies', `${name}.jpg`))]).toEqual([name, 'faces'])
        }
        for (const name of ['dog', 'cake', 'grey']) {
          expect([name, await readKind(join(event, 'selfies_hard', `${name}.jpg`))]).toEqual([name, 'refused'])
        }
        for (const name of ['Jiang_Zemin_exif6', 'Jiang_Zemin_rot25']) {
          expect([name, await readKind(join(event, 'selfies_hard', `${name}.jpg`))]).toEqual([name, 'faces'])
        }
      },
    )

    async function readKind(path: string): Promise<string> {
      return (await engine.readSelfie(await decodePhoto(path))).kind
    }
  })
}
