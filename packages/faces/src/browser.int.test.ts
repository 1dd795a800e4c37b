import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserModels } from './runtimes/browser-models.ts'
import { createBrowserEngine, toRawImage } from './browser.ts'
import { defaultFaceCache } from './default-cache.ts'
import { createFaceEngine } from './engine.ts'
import { ENGINE_CASES, hasWeights, noWeights } from './engines-testing.ts'
import { decodePhoto } from './see/image/decode-photo.ts'
import { writeBrowserModels } from './runtimes/write-browser-models.ts'
import type { Box } from './types.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const cacheDir = defaultFaceCache()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-models-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(ENGINE_CASES)('$engine on a phone$note', ({ engine, skip }) => {
  let models: BrowserModels
  beforeAll(async () => {
    if (!skip) models = await writeBrowserModels(folder, engine, [cacheDir])
  }, 120_000)
  const fileOf = (name: string) => join(folder, models.version, name)
  const getFile = async (name: string) => new Uint8Array(await readFile(fileOf(name))).buffer

  test.skipIf(skip)('gets at most 8 MB, each file as it says', async () => {
    for (const { name, bytes, compressedBytes } of models.files) {
      const small = await readFile(fileOf(`${name}.br`))
      const content = await readFile(fileOf(name))
      expect([small.length, content.length]).toEqual([compressedBytes, bytes])
      expect(brotliDecompressSync(small).equals(content)).toBe(true)
    }
    // The page's own script comes to this and is measured where it is built.
    expect(models.files.reduce((sum, file) => sum + file.compressedBytes, 0)).toBeLessThan(7_900_000)
  })

  test.skipIf(skip)('has one version for the same contents, written once', async () => {
    const written = (await stat(fileOf(models.files[0]!.name))).mtimeMs
    expect(await writeBrowserModels(folder, engine, [cacheDir])).toEqual(models)
    expect((await stat(fileOf(models.files[0]!.name))).mtimeMs).toBe(written)
  })

  test.skipIf(skip)(
    'embeds a face as the server does',
    async () => {
      const page = await createBrowserEngine(engine, getFile)
      const server = await createFaceEngine({ engine, runtime: 'onnx', cacheDir })
      expect(page.modelVersion).toBe(server.modelVersion)
      const photo = await decodePhoto(join(demo, 'sample1.jpg'))
      const [here, there] = [await page.readSelfie(photo), await server.readSelfie(photo)]
      if (here.kind !== 'faces' || there.kind !== 'faces') throw new Error('the faces of the group were refused')
      expect(here.faces).toHaveLength(there.faces.length)
      for (const [i, { embedding }] of here.faces.entries()) {
        const same = there.faces[i]?.embedding ?? new Float32Array(128)
        expect(Math.hypot(...embedding.map((value, k) => value - (same[k] as number)))).toBeLessThan(0.02)
      }
      await page.close()
      await server.close()
    },
    300_000,
  )

  test.each([
    ['does not come', async () => Promise.reject(new Error('404'))],
    ['is not what it should be', async () => new ArrayBuffer(8)],
  ])('fails where a file %s, rather than wait', async (_, getFile) => {
    await expect(createBrowserEngine(engine, getFile)).rejects.toThrow(Error)
  })
})

/** As a camera's live picture comes: upright, 256 × 320. */
const livePicture = async (photo: Sharp) =>
  decodePhoto(await photo.resize({ width: 256, height: 320, fit: 'cover' }).png().toBuffer())

test.skipIf(!hasWeights)(
  `a look at a live picture says where faces are in a small picture, and that there is none on a wall${noWeights}`,
  async () => {
    const { version } = await writeBrowserModels(folder, 'sface', [cacheDir])
    const getFile = async (name: string) => new Uint8Array(await readFile(join(folder, version, name))).buffer
    const page = await createBrowserEngine('sface', getFile)
    const her = sharp(join(demo, 'sample3.jpg')).extract({ left: 917, top: 90, width: 560, height: 560 })
    const seen = await page.findLiveFaces!(await livePicture(her))
    expect(seen).toHaveLength(1)
    const [{ x, y, width, height }] = seen as [Box]
    expect([x > 0.1, y > 0.1, x + width < 0.9, y + height < 0.9, width > 0.3]).not.toContain(false)
    const wall = sharp({ create: { width: 640, height: 800, channels: 3, background: '#b8a890' } })
    expect(await page.findLiveFaces!(await livePicture(wall))).toEqual([])
    await page.close()
  },
)

test("a canvas' pixels lose their opacity and nothing else", () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0)
  expect(toRawImage({ width: 2, height: 1, data })).toEqual({
    width: 2,
    height: 1,
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  })
})
