import type { SelfieReading } from '@pix/faces/types.ts'
import { proxy, wrap } from 'comlink'
import { modelFiles, modelUrl } from 'virtual:face-models'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type Line, loadsByItself } from './loads-by-itself.ts'
import { areModelsCached } from './model-files.ts'
import type { SelfieEngine } from './selfie-engine.worker.ts'

export type EngineState =
  | { status: 'off' | 'ready' | 'failed' }
  /** So many of `engineBytes` are here. */
  | { status: 'loading'; bytes: number }

/** What a phone downloads, compressed; said before it does. */
export const engineBytes = modelFiles.reduce((sum, file) => sum + file.compressedBytes, 0)
const contentBytes = modelFiles.reduce((sum, file) => sum + file.bytes, 0)

/**
 * The face engine on this device: with it the selfie stays here and only the 128 numbers of a face are sent. `here` is
 * the customer's choice, or ours where it costs nobody anything.
 */
export function useSelfieEngine() {
  const here = ref(false)
  const state = shallowRef<EngineState>({ status: 'off' })
  let running: ReturnType<typeof startEngine> | undefined

  function stop() {
    running?.stop()
    running = undefined
    state.value = { status: 'off' }
  }

  /** Loads the engine unless it is there. @throws when it cannot be had, or is stopped meanwhile */
  async function load() {
    if (!running) {
      state.value = { status: 'loading', bytes: 0 }
      running = startEngine(bytes => {
        if (state.value.status === 'loading') state.value = { status: 'loading', bytes }
      })
    }
    const mine = running
    try {
      const modelVersion = await mine.loaded
      if (mine === running) state.value = { status: 'ready' }
      return { modelVersion, engine: mine }
    } catch (error) {
      fail(mine)
      throw error
    }
  }

  /** The next try begins afresh. */
  function fail(engine: typeof running) {
    if (engine !== running) return
    stop()
    state.value = { status: 'failed' }
  }

  /** @returns what the selfie shows, and by which models @throws when this device cannot tell */
  async function read(picture: Blob): Promise<{ modelVersion: string; reading: SelfieReading }> {
    const { modelVersion, engine } = await load()
    try {
      return { modelVersion, reading: await engine.read(picture) }
    } catch (error) {
      fail(engine)
      throw error
    }
  }

  // Switched off, a download stops: its owner may be paying for it.
  watch(here, on => (on ? void load().catch(() => undefined) : stop()))
  onScopeDispose(stop)
  return { here, state, load, read }
}

/** Whether this device goes ahead without being asked. */
export async function engineLoadsByItself(): Promise<boolean> {
  const { connection, deviceMemory } = navigator as Navigator & { connection?: Line; deviceMemory?: number }
  const cached = await areModelsCached(modelUrl, modelFiles).catch(() => false)
  return loadsByItself({ cached, line: connection, memory: deviceMemory })
}

/** @param onBytes how much of `engineBytes` is here */
function startEngine(onBytes: (bytes: number) => void) {
  const worker = new Worker(new URL('./selfie-engine.worker.ts', import.meta.url), { type: 'module' })
  const engine = wrap<SelfieEngine>(worker)
  // A script that does not come, or a worker that is stopped, would leave its callers waiting for ever.
  let end: ((reason: Error) => void) | undefined
  const ended = new Promise<never>((_, reject) => (end = reject))
  ended.catch(() => undefined)
  worker.addEventListener('error', event => end?.(new Error(event.message || 'the worker does not start')))
  const onContentBytes = proxy((bytes: number) => onBytes((bytes / contentBytes) * engineBytes))
  return {
    loaded: Promise.race([engine.load(modelUrl, modelFiles, onContentBytes), ended]),
    read: (picture: Blob) => Promise.race([engine.read(picture), ended]),
    stop: () => {
      worker.terminate()
      end?.(new Error('the face engine was stopped'))
    },
  }
}
