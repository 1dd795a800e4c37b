import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { buildNetwork } from '../networks/build-networks.ts'
import { readModel } from '../networks/read-models.ts'
import type { Network } from '../networks/network.ts'
import { findTfjsNode } from './find-tfjs-node.ts'
import { NETWORK_NAMES, type FaceRuntime, type NetworkName } from './runtime.ts'
import { createTfjsRuntime } from './tfjs-runtime.ts'

const require = createRequire(import.meta.url)

/** TensorFlow's own library where its native part loads, else WebAssembly with SIMD. */
export async function createTfjsServerRuntime(threads: number): Promise<FaceRuntime> {
  return loadTfjsNode(threads) ? createTfjsNodeRuntime(threads) : createTfjsWasmRuntime(threads)
}

/** @throws Error where tfjs-node, or its native part, is not on this machine or does not load */
export async function createTfjsNodeRuntime(threads: number): Promise<FaceRuntime> {
  if (!loadTfjsNode(threads)) throw new Error('tfjs-node does not load on this machine')
  return openRuntime('tfjs-node', 'tensorflow')
}

export async function createTfjsWasmRuntime(threads: number): Promise<FaceRuntime> {
  setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
  setThreadsCount(threads)
  return openRuntime('tfjs-wasm', 'wasm')
}

async function openRuntime(name: string, backend: string): Promise<FaceRuntime> {
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend of tfjs does not start`)
  await tf.ready()
  const entries = await Promise.all(NETWORK_NAMES.map(async which => [which, await readNetwork(which)] as const))
  return createTfjsRuntime(name, Object.fromEntries(entries) as Record<NetworkName, Network>)
}

async function readNetwork(name: NetworkName): Promise<Network> {
  const { manifest, bytes } = await readModel(name)
  return buildNetwork(name, manifest, bytes)
}

/**
 * Whether tfjs-node and its native part load: an optional dependency, not there on machines that could not fetch it.
 *
 * @param threads for TensorFlow's own pools; only the first call in a process decides
 */
export function loadTfjsNode(threads: number): boolean {
  const folder = findTfjsNode()
  if (!folder) return false
  try {
    configureTensorFlow(threads)
    restoreRemovedUtil()
    require(folder)
    // Every copy of tfjs-core in a process shares one engine: a package from elsewhere registers its backend here.
    return tf.findBackend('tensorflow') !== null
  } catch {
    return false
  }
}

/** TensorFlow reads these when its library is loaded; tfjs-node has no other way to say them. */
function configureTensorFlow(threads: number): void {
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads)
  process.env.TF_NUM_INTEROP_THREADS ??= String(threads)
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1' // warnings, not how it was compiled
}

/** tfjs-node 4.22 calls three functions that Node 23 took away. */
function restoreRemovedUtil(): void {
  const util = require('node:util') as Record<string, unknown>
  util.isArray ??= Array.isArray
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isString ??= (value: unknown) => typeof value === 'string'
}
