import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { loadNetwork } from '../networks/load-network.ts'
import { findTfjsNode } from './find-tfjs-node.ts'
import type { FaceRuntime, NetworkName } from './runtime.ts'
import { createTfjsRuntime } from './tfjs-runtime.ts'

const require = createRequire(import.meta.url)

interface TfjsServerOptions {
  networks: readonly NetworkName[]
  /** Where the zoo's files may be. */
  folders: readonly string[]
  threads: number
}

/** TensorFlow's own library where its native part loads, else WebAssembly with SIMD. */
export async function createTfjsServerRuntime(options: TfjsServerOptions): Promise<FaceRuntime> {
  return loadTfjsNode(options.threads) ? createTfjsNodeRuntime(options) : createTfjsWasmRuntime(options)
}

/** @throws Error where tfjs-node, or its native part, is not on this machine or does not load */
export async function createTfjsNodeRuntime(options: TfjsServerOptions): Promise<FaceRuntime> {
  if (!loadTfjsNode(options.threads)) throw new Error('tfjs-node does not load on this machine')
  return openRuntime('tfjs-node', 'tensorflow', options)
}

export async function createTfjsWasmRuntime(options: TfjsServerOptions): Promise<FaceRuntime> {
  setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`)
  setThreadsCount(options.threads)
  return openRuntime('tfjs-wasm', 'wasm', options)
}

async function openRuntime(name: string, backend: string, { networks, folders }: TfjsServerOptions) {
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend of tfjs does not start`)
  await tf.ready()
  const load = async (which: NetworkName) => [which, (await loadNetwork(which, folders)).build()] as const
  return createTfjsRuntime(name, new Map(await Promise.all(networks.map(load))))
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
