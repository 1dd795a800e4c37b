import { copyFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MODEL_STEMS } from './networks/build-networks.ts'
import { modelFolder } from './networks/read-models.ts'

/** tfjs asks for the one its browser can run. */
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm']

/** Puts what `createBrowserEngine` fetches into a folder of static files; weights stay one byte per number. */
export async function writeBrowserModels(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const wasm = join(
    dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'dist',
  )
  const sources = [
    ...Object.values(MODEL_STEMS).flatMap(stem =>
      [`${stem}.bin`, `${stem}-weights_manifest.json`].map(name => join(modelFolder(), name)),
    ),
    ...WASM_FILES.map(name => join(wasm, name)),
  ]
  return Promise.all(
    sources.map(async source => {
      const target = join(folder, source.slice(dirname(source).length + 1))
      await copyFile(source, target)
      return target
    }),
  )
}
