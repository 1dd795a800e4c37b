import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { buildNetwork, MODEL_STEMS } from './networks/build-networks.ts'
import type { Network } from './networks/network.ts'
import type { WeightManifest } from './networks/weights.ts'
import { createPipeline } from './pipeline.ts'
import { NETWORK_NAMES, type NetworkName } from './runtimes/runtime.ts'
import { createTfjsRuntime } from './runtimes/tfjs-runtime.ts'
import type { FaceEngine } from './types.ts'

/**
 * The worker's face engine inside a page, on WebAssembly with SIMD: a selfie's 128 numbers leave the phone, the selfie
 * does not. Loads about 7.7 MB (brotli), so only on find-me.
 *
 * @param modelUrl folder written by `writeBrowserModels`, ending in a slash
 * @throws Error when a file cannot be fetched or the browser has no WebAssembly
 */
export async function createBrowserEngine({ modelUrl }: { modelUrl: string }): Promise<FaceEngine> {
  setWasmPaths(modelUrl)
  if (!(await tf.setBackend('wasm'))) throw new Error('this browser cannot run the face models')
  const entries = await Promise.all(
    NETWORK_NAMES.map(async name => [name, await fetchNetwork(modelUrl, name)] as const),
  )
  return createPipeline(createTfjsRuntime('tfjs-web', Object.fromEntries(entries) as Record<NetworkName, Network>))
}

async function fetchNetwork(modelUrl: string, name: NetworkName): Promise<Network> {
  const [manifest, bytes] = await Promise.all([
    get(`${modelUrl}${MODEL_STEMS[name]}-weights_manifest.json`).then(response => response.json()),
    get(`${modelUrl}${MODEL_STEMS[name]}.bin`).then(response => response.arrayBuffer()),
  ])
  return buildNetwork(name, manifest as WeightManifest, new Uint8Array(bytes))
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response
}
