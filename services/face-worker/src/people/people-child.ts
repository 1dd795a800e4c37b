import { connect } from '@pix/db/client.ts'
import { useKernel } from '@pix/faces/index/load-kernel.ts'
import { createLog } from '@pix/platform/log.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import type { IndexChildSettings } from '../settings.ts'
import { groupEvent, type GroupOutcome } from './group-event.ts'

/** Groups one event's faces; needs the index, but none of the networks. */
serveParent<IndexChildSettings, string, GroupOutcome, null>(async settings => {
  if (settings.kernel) useKernel(settings.kernel)
  lowerPriority()
  const log = createLog('face-people', { level: settings.LOG_LEVEL, pretty: false })
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-people', connectMs: 60_000 })
  const storage = openStorage(settings)
  const budgetBytes = settings.INDEX_MEGABYTES * 1024 * 1024
  const indexes = createEventIndexes({ db, storage, log, budgetBytes })
  return {
    about: null,
    async run(eventId) {
      const outcome = await groupEvent({ db, indexes, now: () => new Date() }, eventId)
      await indexes.settled()
      return outcome
    },
  }
})
