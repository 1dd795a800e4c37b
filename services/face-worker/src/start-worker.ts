import { compiledKernel } from '@pix/faces/index/load-kernel.ts'
import type { Log } from '@pix/platform/log.ts'
import { repeat } from '@pix/platform/repeat.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { lookForAlerted } from './alerts/look-for-alerted.ts'
import { createGroupAnswers } from './people/answer-groupings.ts'
import { createBoughtAnswers } from './photos/answer-bought.ts'
import { createPhotoAnswers } from './photos/answer-photos.ts'
import { modelsOf } from './photos/engine-for.ts'
import { createRereadAnswers } from './rereads/answer-rereads.ts'
import { createPriorityLimiter } from './rereads/priority-limiter.ts'
import { createWarming } from './rereads/warm-index.ts'
import { lookForNews } from './searches/look-for-news.ts'
import { joinSearchWorkers } from './searches/search-workers.ts'
import type { WorkerSettings } from './settings.ts'
import { startSweeps } from './start-sweeps.ts'
import { announceEngines } from './announce-engines.ts'
import { answerQueues } from './answer-queues.ts'
import { startChildren } from './start-children.ts'
import { openPlace } from './open-place.ts'

/** With so many for each search process a worker is busy: other workers take more of its events' searches. */
const BUSY = 2
/** New photos of people who have their results open are looked for this often. */
const NEWS_MS = 3_000
/** Those of people who wait for a letter, whose page is closed. */
const ALERTED_MS = 20_000
/** What runs when the worker stops has this long to end by itself; then it is given back. */
const FINISH_MS = 8_000

/**
 * Everything but the process around it: connections, children, queues and sweeps. The returned function is the orderly
 * stop.
 *
 * @throws Error when a part cannot be reached or a child cannot start
 */
export async function startWorker(
  { COLUMN_KEYS: keys, ...settings }: WorkerSettings,
  log: Log,
): Promise<() => Promise<void>> {
  const place = await openPlace(settings, log)
  const forIndexes = { ...settings, kernel: compiledKernel() }
  const { pools, engines } = await startChildren(forIndexes, log)
  const [limiter, models] = [createPriorityLimiter(settings.PHOTO_PROCESSES), modelsOf(engines)]
  const photos = createPhotoAnswers({ ...place, limiter, pool: pools.photos })
  const rereads = createRereadAnswers({ ...place, limiter, models, pool: pools.photos })
  const bought = createBoughtAnswers({ ...place, limiter, pool: pools.photos })
  const groupings = createGroupAnswers({ ...place, settings: forIndexes })
  const stopping = new AbortController()
  const searchWorkers = joinSearchWorkers(place, BUSY * settings.SEARCH_PROCESSES)
  const answers = {
    photos,
    bought,
    rereads,
    groupings,
    searches: pools.searches,
    selfies: pools.selfies,
    searchWorkers,
  }
  const announcing = announceEngines(place, settings.FACE_ENGINE, engines)
  const workers = answerQueues(place, settings, answers, stopping.signal)
  const warming = createWarming(forIndexes, log)
  const looking = { ...place, pool: pools.searches, searchWorkers }
  const looked = new Map<string, number>()
  const sweeps = [
    ...startSweeps({ ...place, models, warm: warming.warm, searchWorkers }),
    repeat(log, 'new_photos_of_people', NEWS_MS, () => lookForNews({ ...looking, looked })),
    repeat(log, 'face_alerts', ALERTED_MS, () => lookForAlerted({ ...looking, keys })),
  ]

  return async () => {
    stopping.abort(new Error('the worker stops'))
    await warming.stop()
    await Promise.all([
      searchWorkers.leave().catch(place.warn),
      announcing.stop().catch(place.warn),
      ...sweeps.map(sweep => sweep.stop()),
    ])
    const finished = Promise.all(workers.map(worker => worker.close()))
    await Promise.race([finished, delay(FINISH_MS)])
    bought.stop()
    await Promise.all([photos.giveAllBack(), rereads.giveAllBack()])
    await Promise.all([...Object.values(pools).map(pool => pool.stop()), groupings.stop()])
    await finished
    await searchWorkers.forget().catch(place.warn)
    await place.close()
  }
}
