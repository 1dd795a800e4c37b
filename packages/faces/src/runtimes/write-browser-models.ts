import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { FaceEngineName } from '../engines.ts'
import { isFaceApiName, MODEL_STEMS } from '../networks/build-networks.ts'
import { loadNetwork } from '../networks/load-network.ts'
import { packNetwork } from '../networks/pack-network.ts'
import { modelFolder } from '../networks/read-models.ts'
import { RECIPES } from '../see/recipes.ts'
import type { BrowserModels } from './browser-models.ts'
import type { NetworkName } from './runtime.ts'

/** The one of tfjs's three files that our browsers ask for: all have SIMD, none has threads without cross-origin isolation. */
const WASM_FILE = 'tfjs-backend-wasm-simd.wasm'

/** Quality 5 makes the weights smaller than 9 does, in a quarter of the time; 10 would save 4 % more for 20 s. */
const WEIGHTS_QUALITY = 5

const compress = promisify(brotliCompress)

interface ModelFile {
  name: string
  content: Uint8Array
}

/**
 * Puts what `createBrowserEngine` fetches for an engine into `<folder>/<version>/`, each file also as brotli beside it
 * (`.br`). The version is a hash of the contents, so a file never changes under its address; a version that is there
 * already is not written again.
 *
 * @param weightFolders where the OpenCV Zoo's files may be
 * @throws Error when the engine's weights are nowhere
 */
export async function writeBrowserModels(
  folder: string,
  engine: FaceEngineName,
  weightFolders: readonly string[],
): Promise<BrowserModels> {
  const networks = RECIPES[engine].networks.map(name => networkFiles(name, weightFolders))
  const wasm = { name: WASM_FILE, content: await readFile(join(wasmFolder(), WASM_FILE)) }
  const files = [...(await Promise.all(networks)).flat(), wasm]
  const hash = createHash('sha256')
  for (const { name, content } of files) hash.update(`${name}\0${content.length}\0`).update(content)
  const version = hash.digest('hex').slice(0, 16)
  const target = join(folder, version)
  if (!existsSync(target)) await writeAll(folder, target, files)
  const described = files.map(async ({ name, content }) => {
    const { length } = await readFile(join(target, `${name}.br`))
    return { name, bytes: content.length, compressedBytes: length }
  })
  return { version, files: await Promise.all(described) }
}

/** face-api's as its package has them, one byte per number; others packed. */
async function networkFiles(name: NetworkName, weightFolders: readonly string[]): Promise<ModelFile[]> {
  if (isFaceApiName(name)) {
    const names = [`${MODEL_STEMS[name]}-weights_manifest.json`, `${MODEL_STEMS[name]}.bin`]
    return Promise.all(names.map(async file => ({ name: file, content: await readFile(join(modelFolder(), file)) })))
  }
  const { header, bytes } = packNetwork((await loadNetwork(name, weightFolders)).build())
  return [
    { name: `${name}.json`, content: Buffer.from(header) },
    { name: `${name}.bin`, content: bytes },
  ]
}

/** All or nothing: the folder appears under its name when it is whole. */
async function writeAll(folder: string, target: string, files: ModelFile[]): Promise<void> {
  const half = join(folder, `.half-${randomUUID()}`)
  await mkdir(half, { recursive: true })
  const written = files.map(async ({ name, content }) => {
    const quality = name.endsWith('.bin') ? WEIGHTS_QUALITY : constants.BROTLI_MAX_QUALITY
    const small = await compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    await writeFile(join(half, name), content)
    await writeFile(join(half, `${name}.br`), small)
  })
  await Promise.all(written)
  // Somebody else may have been faster; the contents are the same.
  await rename(half, target).catch(() => rm(half, { recursive: true }))
}

const wasmFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')
