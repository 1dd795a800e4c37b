import { listQueues, listSweeps } from '@pix/contracts/queues.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { serverNow } from '../../base/server-time.ts'
import { usePolled } from '../../base/use-polled.ts'

const LOOK_MS = 5_000

/** Queues and scheduled tasks as they stand; while the page is looked at they are asked for again. */
export function useQueues() {
  /** When the queues stood as they are shown. */
  const at = shallowRef<Date>()
  const queues = usePolled(
    async signal => {
      const { items } = await call(listQueues, {}, { signal })
      at.value = new Date(serverNow())
      return items
    },
    () => LOOK_MS,
  )
  const sweeps = usePolled(
    async signal => (await call(listSweeps, {}, { signal })).items,
    () => LOOK_MS,
  )
  return { queues, sweeps, at }
}
