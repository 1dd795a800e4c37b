import { createPipeline } from './see/pipeline.ts'
import type { FaceRuntime } from './runtimes/runtime.ts'
import type { FaceEngine } from './types.ts'

export { detectionLongSide, modelVersion } from './see/pipeline.ts'

export interface FaceEngineOptions {
  /** `auto` takes the fastest that loads on this machine. */
  runtime: 'auto' | 'onnx' | 'tfjs'
  /** Threads inside one operation; default 1, for one process per core. */
  threads?: number
  /** Folder for the graphs converted from the npm package's weights on first use; shared by all processes. */
  cacheDir: string
}

/**
 * The face engine of the worker.
 *
 * @throws Error when the runtime asked for cannot be loaded
 */
export async function createFaceEngine(options: FaceEngineOptions): Promise<FaceEngine> {
  return createPipeline(await openRuntime(options))
}

/** Runtimes are imported only when wanted: each brings a native library or a large script. */
export async function openRuntime({ runtime, cacheDir, threads = 1 }: FaceEngineOptions): Promise<FaceRuntime> {
  const onnx = async () => (await import('./runtimes/onnx-runtime.ts')).createOnnxRuntime({ cacheDir, threads })
  const tfjs = async () => (await import('./runtimes/tfjs-server.ts')).createTfjsServerRuntime(threads)
  if (runtime === 'onnx') return onnx()
  if (runtime === 'tfjs') return tfjs()
  try {
    return await onnx()
  } catch (onnxFault) {
    return tfjs().catch((tfjsFault: unknown) => {
      const faults = [onnxFault, tfjsFault]
      throw new AggregateError(faults, 'no face runtime loads on this machine', { cause: onnxFault })
    })
  }
}
