import type { RungBy } from '@pix/jobs/job.ts'
import type { Log } from '@pix/platform/log.ts'

/**
 * A job's handler that leaves one line in the log when it is done: ids only, the id of the request that rang among them,
 * so that a photo or a search is followed from the api's log into this one.
 */
export const tellJob =
  <D>(log: Log, queue: string, handle: (data: D, by: RungBy) => Promise<void>) =>
  async (data: D, by: RungBy): Promise<void> => {
    const begun = performance.now()
    await handle(data, by)
    const facts: object = { queue, ...data, ...by, ms: Math.round(performance.now() - begun) }
    log.info(facts, 'a job was done')
  }
