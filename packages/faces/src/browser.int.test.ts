import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BrowserModels } from './runtimes/browser-models.ts'
import { createBrowserEngine, toRawImage } from './browser.ts'
import { defaultFaceCache } from './default-cache.ts'
import { createFaceEngine } from './engine.ts'
import { decodePhoto } from './see/image/decode-photo.ts'
import { writeBrowserModels } from './runtimes/write-browser-models.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
let folder: string
let models: BrowserModels

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-models-'))
  models = await writeBrowserModels(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const fileOf = (name: string) => join(folder, models.version, name)
const getFile = async (name: string) => new Uint8Array(await readFile(fileOf(name))).buffer

test('the page gets at most 8 MB, each file as it says', async () => {
  for (const { name, bytes, compressedBytes } of models.files) {
    const small = await readFile(fileOf(`${name}.br`))
    const content = await readFile(fileOf(name))
    expect([small.length, content.length]).toEqual([compressedBytes, bytes])
    expect(brotliDecompressSync(small).equals(content)).toBe(true)
  }
  // The page's own script comes to this and is measured where it is built.
  expect(models.files.reduce((sum, file) => sum + file.compressedBytes, 0)).toBeLessThan(7_900_000)
})

test('the same contents are the same version, and are not written twice', async () => {
  const written = (await stat(fileOf(models.files[0]!.name))).mtimeMs
  expect(await writeBrowserModels(folder)).toEqual(models)
  expect((await stat(fileOf(models.files[0]!.name))).mtimeMs).toBe(written)
})

test('the page embeds a face as the server does', async () => {
  const page = await createBrowserEngine(getFile)
  const server = await createFaceEngine({
    engine: 'face-api',
    runtime: 'onnx',
    cacheDir: defaultFaceCache(),
  })
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
}, 300_000)

test.each([
  ['does not come', async () => Promise.reject(new Error('404'))],
  ['is not what it should be', async () => new ArrayBuffer(8)],
])('an engine whose file %s fails, rather than wait', async (_, getFile) => {
  await expect(createBrowserEngine(getFile)).rejects.toThrow(Error)
})

test("a canvas' pixels lose their opacity and nothing else", () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0)
  expect(toRawImage({ width: 2, height: 1, data })).toEqual({
    width: 2,
    height: 1,
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  })
})
