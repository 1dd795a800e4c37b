import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { buildNetwork } from '../networks/build-networks.ts'
import { readModel } from '../networks/read-models.ts'
import type { Network } from '../networks/network.ts'
import { NETWORK_NAMES, type FaceRuntime, type NetworkName } from './runtime.ts'
import { createTfjsRuntime } from './tfjs-runtime.ts'

const require = createRequire(import.meta.url)

/** TensorFlow's own library where its native part loads, else WebAssembly with SIMD. */
export async function createTfjsServerRuntime(threads: number): Promise<FaceRuntime> {
  const name = loadTfjsNode() ? 'tfjs-node' : await startWasm(threads)
  const entries = await Promise.all(NETWORK_NAMES.map(async which => [which, await readNetwork(which)] as const))
  return createTfjsRuntime(name, Object.fromEntries(entries) as Record<NetworkName, Network>)
}

async function readNetwork(name: NetworkName): Promise<Network> {
  const { manifest, bytes } = await readModel(name)
  return buildNetwork(name, manifest, bytes)
}

/** An optional dependency: absent, or without its native part, on machines that could not fetch it. */
function loadTfjsNode(): boolean {
  try {
    restoreRemovedUtil()
    const library: unknown = require('@tensorflow/tfjs-node')
    return library !== undefined && tf.getBackend() === 'tensorflow'
  } catch {
    return false
  }
}

/** tfjs-node 4.22 calls three functions that Node 23 took away. */
function restoreRemovedUtil(): void {
  const util = require('node:util') as Record<string, unknown>
  util.isArray ??= Array.isArray
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isString ??= (value: unknown) => typeof value === 'string'
}

async function startWasm(threads: number): Promise<string> {
  setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
  setThreadsCount(threads)
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend of tfjs does not start')
  await tf.ready()
  return 'tfjs-wasm'
}
