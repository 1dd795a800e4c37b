import type { FaceEngineName } from '@pix/faces/engines.ts'
import type { Log } from '@pix/platform/log.ts'
import { createChildPool } from './children/child-pool.ts'
import type { PhotoPool } from './photos/answer-photos.ts'
import type { SearchPool } from './searches/answer-searches.ts'
import type { SelfiePool } from './searches/read-selfie.ts'
import { selfieChildMegabytes } from './searches/selfie-memory.ts'
import type { IndexChildSettings, Settings } from './settings.ts'
import { faceRuntime, watchChildren } from './worker-metrics.ts'

/** Private memory of a child beside what decoding takes: Node, the face models, and what they work in. */
const PHOTO_CHILD_MEGABYTES = 1_200

/** The engines that the children have loaded. */
type Engines = readonly FaceEngineName[]

/** The children of each kind. */
interface Pools {
  photos: PhotoPool
  searches: SearchPool
  selfies: SelfiePool
}

/**
 * Starts the children that read strangers' pictures and those that search, once each of them has loaded its models.
 *
 * @throws Error when a child cannot start
 */
export async function startChildren(
  settings: IndexChildSettings,
  log: Log,
): Promise<{ pools: Pools; engines: Engines }> {
  const photos: PhotoPool = createChildPool({
    script: new URL('photos/photo-child.ts', import.meta.url),
    settings,
    size: settings.PHOTO_PROCESSES,
    softMs: settings.PHOTO_SOFT_SECONDS * 1_000,
    hardMs: settings.PHOTO_HARD_SECONDS * 1_000,
    memoryMegabytes: PHOTO_CHILD_MEGABYTES + settings.PHOTO_DECODE_MEGABYTES,
    log,
  })
  const searches: SearchPool = createChildPool({
    script: new URL('searches/search-child.ts', import.meta.url),
    settings,
    size: settings.SEARCH_PROCESSES,
    softMs: 20_000,
    hardMs: 30_000,
    log,
  })
  const selfies = startSelfieChildren(settings, log)
  const [{ runtime, engines }] = await Promise.all([photos.about(), searches.about(), selfies.about()])
  faceRuntime.set({ runtime }, 1)
  const pools = { photos, searches, selfies }
  for (const [kind, pool] of Object.entries(pools)) watchChildren(kind, () => pool.pids())
  log.info({ runtime, engines, photoProcesses: settings.PHOTO_PROCESSES }, 'the face models are loaded')
  return { pools, engines }
}

/** On a clock a selfie has four times its processor time: a busy machine is not its fault. */
const startSelfieChildren = (settings: Settings, log: Log): SelfiePool =>
  createChildPool({
    script: new URL('searches/selfie-child.ts', import.meta.url),
    settings,
    size: settings.SELFIE_PROCESSES,
    softMs: settings.SELFIE_SECONDS * 4_000,
    hardMs: settings.SELFIE_SECONDS * 4_000,
    cpuMs: settings.SELFIE_SECONDS * 1_000,
    memoryMegabytes: selfieChildMegabytes(settings),
    log,
  })
