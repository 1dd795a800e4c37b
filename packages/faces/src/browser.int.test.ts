import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { createBrowserEngine } from './browser.ts'
import { createFaceEngine } from './engine.ts'
import { decodePhoto } from './image/decode-photo.ts'
import { writeBrowserModels } from './write-browser-models.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
afterEach(() => vi.unstubAllGlobals())

test('the page gets at most 8 MB and embeds a face as the server does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'browser-models-'))
  try {
    const files = await writeBrowserModels(folder)
    const fetched = files.filter(file => !/wasm\.wasm|threaded/.test(file)) // a browser takes one of the three
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
    const sizes = await Promise.all(fetched.map(async file => brotliCompressSync(await readFile(file), options).length))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000_000)

    vi.stubGlobal('fetch', async (url: string) => new Response(await readFile(join(folder, basename(url)))))
    const page = await createBrowserEngine({ modelUrl: `${folder}/` })
    const server = await createFaceEngine({ runtime: 'onnx', cacheDir: join(tmpdir(), 'thepixstock-faces-test') })
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
  } finally {
    await rm(folder, { recursive: true })
  }
}, 180_000)
