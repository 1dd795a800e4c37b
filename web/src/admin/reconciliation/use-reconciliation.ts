import { type Difference, listDifferences, listReconciliations, reconcileNow } from '@pix/contracts/reconciliation.ts'
import { onScopeDispose, watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { usePages } from '../../base/use-pages.ts'

/** While a comparison runs it is asked for again after so long. */
const LOOK_MS = 2_000
/** The comparisons that the page shows. */
const SHOWN = 15

/** What was compared, and what disagrees: all that is open, or of one day. */
export function useReconciliation(day: Readonly<Ref<string | undefined>>) {
  const runs = useLoaded(signal =>
    call(listReconciliations, { query: { limit: SHOWN } }, { signal }).then(({ items }) => items),
  )
  const list = usePages<Difference>((cursor, signal) =>
    call(
      listDifferences,
      { query: { ...(day.value && { day: day.value }), ...(cursor !== undefined && { cursor }) } },
      { signal },
    ),
  )
  watch(day, list.load)

  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  async function look(): Promise<void> {
    const { items } = await call(listReconciliations, { query: { limit: SHOWN } })
    const wasRunning = runs.state.value.status === 'loaded' && runs.state.value.value[0]?.finishedAt === null
    runs.state.value = { status: 'loaded', value: items }
    if (items[0]?.finishedAt === null) timer = setTimeout(() => void look().catch(() => undefined), LOOK_MS)
    else if (wasRunning) await list.refresh()
  }

  async function compare(chosen: string): Promise<void> {
    const begun = await call(reconcileNow, { body: { day: chosen } })
    const before = runs.state.value.status === 'loaded' ? runs.state.value.value : []
    runs.state.value = { status: 'loaded', value: [begun, ...before] }
    timer = setTimeout(() => void look().catch(() => undefined), LOOK_MS)
  }
  return { runs, list, compare }
}
