import { connect } from '@pix/db/client.ts'
import { useKernel } from '@pix/faces/index/load-kernel.ts'
import { createLog } from '@pix/platform/log.ts'
import { openStorage } from '@pix/platform/storage-open.ts'
import { lowerPriority } from '../children/lower-priority.ts'
import { serveParent } from '../children/serve-parent.ts'
import { createEventIndexes } from '../searches/event-indexes.ts'
import type { IndexChildSettings } from '../settings.ts'

/** An index to be loaded. */
export interface WarmWork {
  eventId: string
  model: string
}

/** Loads an index and leaves its snapshot. @returns how many faces it holds */
serveParent<IndexChildSettings, WarmWork, number, null>(async settings => {
  if (settings.kernel) useKernel(settings.kernel)
  lowerPriority()
  const log = createLog('face-warm', { level: settings.LOG_LEVEL, pretty: false })
  const db = connect(settings.DATABASE_URL, { max: 2, applicationName: 'thepixstock-warm', connectMs: 60_000 })
  const budgetBytes = settings.INDEX_MEGABYTES * 1024 * 1024
  const indexes = createEventIndexes({ db, storage: openStorage(settings), log, budgetBytes })
  return {
    about: null,
    async run({ eventId, model }) {
      const { size } = await indexes.upToDate(eventId, model)
      await indexes.settled()
      return size
    },
  }
})
