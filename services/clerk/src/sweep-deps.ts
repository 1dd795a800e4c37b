import type { Db } from '@pix/db/client.ts'
import type { Enqueue } from '@pix/jobs/job.ts'

/** What a sweep needs that enqueues waiting rows. */
export interface SweepDeps {
  db: Db
  enqueue: Enqueue
  now: () => Date
}
