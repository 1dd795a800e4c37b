import { enqueueLogos } from './logos/read-logo.ts'
import { enqueueObjections } from './objections/sweep-objections.ts'
import { enqueueGroupings } from './people/enqueue-groupings.ts'
import { askForBought, enqueueBought } from './photos/answer-bought.ts'
import { type FeedDeps, feedPhotos } from './photos/feed-photos.ts'
import { sweepResumable, sweepUploads } from './photos/sweep-uploads.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { feedRereads, type RereadDeps } from './rereads/feed-rereads.ts'
import { watchRereads } from './rereads/watch-rereads.ts'
import { tidyFaces } from './rereads/tidy-faces.ts'
import { enqueueSlips } from './slips/read-slip.ts'
import type { SearchWorkers } from './searches/search-workers.ts'
import { forgetSearches, enqueueSearches, type SearchSweepDeps } from './searches/sweep-searches.ts'
import { sweepVanishing } from './sweep-vanishing.ts'
import { watchQueues } from './watch-queues.ts'
import { vanishingAge } from './worker-metrics.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/**
 * Starts the sweeps: they enqueue again the rows that nobody answered, and delete what has had its time. Every
 * worker does all of it; it is safe to do twice.
 */
export function startSweeps(
  deps: SearchSweepDeps & FeedDeps & RereadDeps & { searchWorkers: SearchWorkers },
): Repeated[] {
  const every = (ms: number, name: string, work: () => Promise<unknown>) => repeat(deps.log, name, ms, work)
  return [
    every(3 * SECOND, 'photos', () => feedPhotos(deps)),
    every(5 * SECOND, 'bought_previews', () => enqueueBought(deps)),
    every(10 * MINUTE, 'ask_bought_previews', () => askForBought(deps)),
    every(2 * SECOND, 'searches', () => enqueueSearches(deps)),
    every(5 * SECOND, 'objections', () => enqueueObjections(deps)),
    every(10 * SECOND, 'logos', () => enqueueLogos(deps)),
    every(10 * SECOND, 'slips', () => enqueueSlips(deps)),
    every(3 * SECOND, 'rereads', () => feedRereads(deps)),
    every(MINUTE, 'tidy_faces', () => tidyFaces(deps)),
    every(10 * SECOND, 'groupings', () => enqueueGroupings(deps)),
    every(MINUTE, 'forget_searches', () => forgetSearches(deps)),
    every(MINUTE, 'uploads', () => sweepUploads(deps)),
    every(MINUTE, 'resumable_uploads', () => sweepResumable(deps)),
    every(MINUTE, 'half_written_objects', () => deps.storage.tidy()),
    every(MINUTE, 'vanishing', async () => {
      const ages = await sweepVanishing(deps.storage, deps.now())
      for (const [kind, age] of Object.entries(ages)) vanishingAge.set({ kind }, age)
    }),
    every(10 * SECOND, 'queue_metrics', () => watchQueues(deps)),
    every(10 * SECOND, 'reread_metrics', () => watchRereads(deps)),
  ]
}
