import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { FaceEngineName } from './engines.ts'
import { buildNetwork, isFaceApiName, MODEL_STEMS } from './networks/build-networks.ts'
import type { Network } from './networks/network.ts'
import { unpackNetwork } from './networks/pack-network.ts'
import type { WeightManifest } from './networks/weights.ts'
import type { NetworkName } from './runtimes/runtime.ts'
import { createTfjsRuntime } from './runtimes/tfjs-runtime.ts'
import { findLiveFaces } from './see/selfie-faces.ts'
import { createPipeline } from './see/pipeline.ts'
import { RECIPES } from './see/recipes.ts'
import type { Box, FaceEngine, RawImage } from './types.ts'

type GetFile = (name: string) => Promise<ArrayBuffer>

export interface BrowserEngine extends FaceEngine {
  /**
   * Finds faces in a small picture, largest first, several times a second, for a camera's live picture. Null where the
   * engine's detector is too slow for that.
   */
  findLiveFaces: ((picture: RawImage) => Promise<Box[]>) | null
}

/**
 * The worker's face engine inside a page, on WebAssembly with SIMD: a selfie's 128 numbers leave the phone, the selfie
 * does not. It computes for half a second or more at a time, so it belongs into a Web Worker.
 *
 * @param getFile the content of one of `writeBrowserModels`' files, by its name
 * @throws Error when a file does not come or the browser has no WebAssembly
 */
export async function createBrowserEngine(engine: FaceEngineName, getFile: GetFile): Promise<BrowserEngine> {
  const recipe = RECIPES[engine]
  const [, ...networks] = await Promise.all([
    startWasm(getFile),
    ...recipe.networks.map(async name => [name, await getNetwork(getFile, name)] as const),
  ])
  const runtime = createTfjsRuntime('tfjs-web', new Map(networks))
  const { liveLook } = recipe
  return {
    ...createPipeline(runtime, engine),
    findLiveFaces: liveLook && (picture => findLiveFaces(runtime, recipe, liveLook, picture)),
  }
}

/**
 * Starts the backend with content that was tried before. The backend fetches its file by itself, and would wait for
 * ever for a file that does not come or cannot be compiled (no SIMD, a forbidding policy).
 */
async function startWasm(getFile: GetFile): Promise<void> {
  const wasm = await getFile('tfjs-backend-wasm-simd.wasm')
  await WebAssembly.compile(wasm)
  tf.env().platform.fetch = async () => new Response(wasm)
  setWasmPaths('./', true)
  if (!(await tf.setBackend('wasm'))) throw new Error('this browser cannot run the face models')
}

async function getNetwork(getFile: GetFile, name: NetworkName): Promise<Network> {
  const stem = isFaceApiName(name) ? MODEL_STEMS[name] : name
  const [json, content] = await Promise.all([
    getFile(isFaceApiName(name) ? `${stem}-weights_manifest.json` : `${stem}.json`),
    getFile(`${stem}.bin`),
  ])
  const [header, bytes] = [new TextDecoder().decode(json), new Uint8Array(content)]
  if (isFaceApiName(name)) return buildNetwork(name, JSON.parse(header) as WeightManifest, bytes)
  return unpackNetwork({ header, bytes })
}

/** A canvas' pixels as the engine takes them: without their opacity. */
export function toRawImage({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): RawImage {
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] as number
    rgb[to + 1] = data[from + 1] as number
    rgb[to + 2] = data[from + 2] as number
  }
  return { width, height, data: rgb }
}
