import { FACE_ENGINES, type FaceEngineName } from './engines.ts'
import { hasZooFiles } from './networks/zoo/find-files.ts'
import { createPipeline } from './see/pipeline.ts'
import { RECIPES } from './see/recipes.ts'
import type { FaceRuntime, NetworkName } from './runtimes/runtime.ts'
import type { FaceEngine } from './types.ts'

export { detectionLongSide } from './see/pipeline.ts'

export interface FaceEngineOptions {
  /** `auto` takes the fastest that loads on this machine. */
  runtime: 'auto' | 'onnx' | 'tfjs'
  /** Threads inside one operation; default 1, for one process per core. */
  threads?: number
  /** Folder for graphs converted from weights on first use, and for weights that were fetched; shared by all processes. */
  cacheDir: string
  /** Where the OpenCV Zoo's files may have been put by hand. */
  weightsDir?: string | undefined
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
    available: await availableEngines(preferred, options),
    open(name) {
      const engine = opened.get(name) ?? createFaceEngine({ engine: name, ...options })
      opened.set(name, engine)
      // An engine that failed to open may open later, as its weights may have come.
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
async function availableEngines(preferred: FaceEngineName, options: FaceEngineOptions): Promise<FaceEngineName[]> {
  const all = await hasZooFiles(foldersOf(options))
  const there = FACE_ENGINES.filter(name => all || name === 'face-api')
  return there.toSorted((a, b) => Number(b === preferred) - Number(a === preferred))
}

const foldersOf = ({ cacheDir, weightsDir }: FaceEngineOptions): string[] =>
  weightsDir ? [cacheDir, weightsDir] : [cacheDir]

/**
 * One face engine.
 *
 * @throws Error when its weights are not on this machine, or the runtime asked for cannot be loaded
 */
export async function createFaceEngine({
  engine,
  ...options
}: FaceEngineOptions & { engine: FaceEngineName }): Promise<FaceEngine> {
  return createPipeline(await openRuntime(RECIPES[engine].networks, options), engine)
}

/**
 * Opens networks on a runtime. Runtimes are imported only when wanted: each brings a native library or a large script.
 *
 * @throws Error when weights are missing, or the runtime asked for cannot be loaded
 */
export async function openRuntime(
  networks: readonly NetworkName[],
  { threads = 1, ...options }: FaceEngineOptions,
): Promise<FaceRuntime> {
  const folders = foldersOf(options)
  const onnx = async () =>
    (await import('./runtimes/onnx-runtime.ts')).createOnnxRuntime(networks, {
      cacheDir: options.cacheDir,
      folders,
      threads,
    })
  const tfjs = async () =>
    (await import('./runtimes/tfjs-server.ts')).createTfjsServerRuntime({ networks, folders, threads })
  if (options.runtime === 'onnx') return onnx()
  if (options.runtime === 'tfjs') return tfjs()
  try {
    return await onnx()
  } catch (onnxFault) {
    return tfjs().catch((tfjsFault: unknown) => {
      const faults = [onnxFault, tfjsFault]
      throw new AggregateError(faults, 'no face runtime loads on this machine', { cause: onnxFault })
    })
  }
}
