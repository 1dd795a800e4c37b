import {
  type Difference,
  listDifferences,
  listReconciliations,
  reconcileNow,
  type Reconciliation,
} from '@pix/contracts/reconciliation.ts'
import { watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'
import { usePolled } from '../../base/use-polled.ts'

/** While a comparison runs it is asked for again after so long. */
const LOOK_MS = 2_000
/** The comparisons that the page shows. */
const SHOWN = 15

const isRunning = (runs: readonly Reconciliation[]) => runs[0]?.finishedAt === null

/** What was compared, and what disagrees: all that is open, or of one day. */
export function useReconciliation(day: Readonly<Ref<string | undefined>>) {
  const runs = usePolled(
    signal => call(listReconciliations, { query: { limit: SHOWN } }, { signal }).then(({ items }) => items),
    items => (isRunning(items) ? LOOK_MS : undefined),
  )
  const list = usePages<Difference>((cursor, signal) =>
    call(
      listDifferences,
      { query: { ...(day.value && { day: day.value }), ...(cursor !== undefined && { cursor }) } },
      { signal },
    ),
  )
  watch(day, list.load)
  watch(runs.state, (now, before) => {
    const wasRunning = before.status === 'loaded' && isRunning(before.value)
    if (wasRunning && now.status === 'loaded' && !isRunning(now.value)) void list.refresh()
  })

  async function compare(chosen: string): Promise<void> {
    const begun = await call(reconcileNow, { body: { day: chosen } })
    const before = runs.state.value.status === 'loaded' ? runs.state.value.value : []
    runs.show([begun, ...before])
  }
  return { runs, list, compare }
}
