import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { buildNetwork, FACE_API_NAMES, MODEL_STEMS, type FaceApiName } from './networks/build-networks.ts'
import type { Network } from './networks/network.ts'
import type { WeightManifest } from './networks/weights.ts'
import { createPipeline } from './see/pipeline.ts'
import { createTfjsRuntime } from './runtimes/tfjs-runtime.ts'
import type { FaceEngine, RawImage } from './types.ts'

/**
 * The worker's face engine inside a page, on WebAssembly with SIMD: a selfie's 128 numbers leave the phone, the selfie
 * does not. It computes for a second or more at a time, so it belongs into a Web Worker.
 *
 * @param getFile the content of one of `writeBrowserModels`' files, by its name
 * @throws Error when a file does not come or the browser has no WebAssembly
 */
export async function createBrowserEngine(getFile: (name: string) => Promise<ArrayBuffer>): Promise<FaceEngine> {
  const [, ...networks] = await Promise.all([
    startWasm(getFile),
    ...FACE_API_NAMES.map(async name => [name, await getNetwork(getFile, name)] as const),
  ])
  return createPipeline(createTfjsRuntime('tfjs-web', new Map(networks)), 'face-api')
}

/**
 * The backend fetches its file by itself and would wait for ever for one that does not come or cannot be compiled (no
 * SIMD, a forbidding policy): it is given content that was tried.
 */
async function startWasm(getFile: (name: string) => Promise<ArrayBuffer>): Promise<void> {
  const wasm = await getFile('tfjs-backend-wasm-simd.wasm')
  await WebAssembly.compile(wasm)
  tf.env().platform.fetch = async () => new Response(wasm)
  setWasmPaths('./', true)
  if (!(await tf.setBackend('wasm'))) throw new Error('this browser cannot run the face models')
}

async function getNetwork(getFile: (name: string) => Promise<ArrayBuffer>, name: FaceApiName): Promise<Network> {
  const [manifest, bytes] = await Promise.all([
    getFile(`${MODEL_STEMS[name]}-weights_manifest.json`),
    getFile(`${MODEL_STEMS[name]}.bin`),
  ])
  return buildNetwork(name, JSON.parse(new TextDecoder().decode(manifest)) as WeightManifest, new Uint8Array(bytes))
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
