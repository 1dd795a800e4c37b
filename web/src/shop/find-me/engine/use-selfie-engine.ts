import { engineOf, type FaceEngineName } from '@pix/faces/engines.ts'
import type { Box, SelfieReading } from '@pix/faces/types.ts'
import { proxy, wrap } from 'comlink'
import { modelSets } from 'virtual:face-models'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type Line, loadsByItself } from './loads-by-itself.ts'
import { areModelsCached, type ModelSet } from './model-files.ts'
import type { SelfieEngine } from './selfie-engine.worker.ts'

export type EngineState =
  | { status: 'off' | 'ready' | 'failed' }
  /** So many bytes of the download are here. */
  | { status: 'loading'; bytes: number; of: number }

/** Finds the faces in a frame of the camera. */
export type FindFaces = (frame: ImageData) => Promise<Box[]>

interface Offer {
  name: FaceEngineName
  set: ModelSet
  /** What a phone downloads, compressed; said before it does. */
  bytes: number
}

const OFFERED = Object.values(modelSets).map(set => set.url)
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** The engine that reads the faces of an event with such models; null where this page has none. */
function offerFor(modelVersion: string | null | undefined): Offer | null {
  const name = modelVersion ? engineOf(modelVersion) : undefined
  const set = name && modelSets[name]
  return set ? { name, set, bytes: sum(set.files.map(file => file.compressedBytes)) } : null
}

/**
 * The face engine on this device: with it the selfie stays here and only the 128 numbers of a face are sent. `here`
 * says whether it is used: the customer chooses, or it is preset where the download is cheap (`loadsByItself`).
 *
 * @param modelVersion of the faces that are searched
 */
export function useSelfieEngine(modelVersion: () => string | null | undefined) {
  const offer = computed(() => offerFor(modelVersion()))
  /** Bytes of the download; null where the page has no engine for this event, and a selfie can only be sent. */
  const download = computed(() => offer.value?.bytes ?? null)
  const here = ref(false)
  const state = shallowRef<EngineState>({ status: 'off' })
  const findFaces = shallowRef<FindFaces | null>(null)
  let running: ReturnType<typeof startEngine> | undefined

  function stop() {
    running?.stop()
    running = undefined
    findFaces.value = null
    state.value = { status: 'off' }
  }

  /** Loads the engine unless it is there. @throws when it cannot be had, or is stopped meanwhile */
  async function load() {
    if (!offer.value) throw new Error('this page has no engine for these faces')
    if (!running) {
      const of = offer.value.bytes
      state.value = { status: 'loading', bytes: 0, of }
      // A message of an engine that was stopped may still be on its way.
      const started = startEngine(offer.value, bytes => {
        if (started === running && state.value.status === 'loading') state.value = { status: 'loading', bytes, of }
      })
      running = started
    }
    const mine = running
    try {
      const loaded = await mine.loaded
      if (mine === running) {
        state.value = { status: 'ready' }
        findFaces.value = loaded.findsFaces ? mine.findFaces : null
      }
      return { modelVersion: loaded.modelVersion, engine: mine }
    } catch (error) {
      fail(mine)
      throw error
    }
  }

  /** Stops a failed engine, so that the next try starts a new one. */
  function fail(engine: typeof running) {
    if (engine !== running) return
    stop()
    state.value = { status: 'failed' }
  }

  /** @returns what the selfie shows, and by which models @throws when this device cannot read it */
  async function read(picture: Blob): Promise<{ modelVersion: string; reading: SelfieReading }> {
    const { modelVersion: version, engine } = await load()
    try {
      return { modelVersion: version, reading: await engine.read(picture) }
    } catch (error) {
      fail(engine)
      throw error
    }
  }

  /** Whether this device loads the engine without a question to the customer. */
  async function loadsUnasked(): Promise<boolean> {
    if (!offer.value) return false
    const { connection, deviceMemory } = navigator as Navigator & { connection?: Line; deviceMemory?: number }
    const cached = await areModelsCached(offer.value.set).catch(() => false)
    return loadsByItself({ cached, line: connection, memory: deviceMemory })
  }

  // Switched off, a download stops: its owner may be paying for it.
  watch(here, on => (on ? void load().catch(() => undefined) : stop()))
  onScopeDispose(stop)
  return { here, state, download, findFaces, load, read, loadsUnasked }
}

/** @param onBytes how much of the download is here */
function startEngine({ name, set, bytes: ofDownload }: Offer, onBytes: (bytes: number) => void) {
  const worker = new Worker(new URL('./selfie-engine.worker.ts', import.meta.url), { type: 'module' })
  const engine = wrap<SelfieEngine>(worker)
  // A script that does not come, or a worker that is stopped, would leave its callers waiting for ever.
  let end: ((reason: Error) => void) | undefined
  const ended = new Promise<never>((_, reject) => (end = reject))
  ended.catch(() => undefined)
  worker.addEventListener('error', event => end?.(new Error(event.message || 'the worker does not start')))
  const ofContent = sum(set.files.map(file => file.bytes))
  const onContentBytes = proxy((bytes: number) => onBytes((bytes / ofContent) * ofDownload))
  return {
    loaded: Promise.race([engine.load(name, set, OFFERED, onContentBytes), ended]),
    read: (picture: Blob) => Promise.race([engine.read(picture), ended]),
    findFaces: (frame: ImageData) => Promise.race([engine.findFaces(frame), ended]),
    stop: () => {
      worker.terminate()
      end?.(new Error('the face engine was stopped'))
    },
  }
}
