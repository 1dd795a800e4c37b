import {
  discardPayouts,
  exportPayouts,
  getPayoutBatch,
  type PayoutBatchWithLines,
  type PayoutLine,
} from '@pix/contracts/payouts.ts'
import { computed, ref, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { saveFile } from '../../base/save-file.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** A batch of payouts, and what is done with the whole of it. What an action answers is shown at once. */
export function useBatch(id: () => string) {
  const { state, load, refresh } = useLoaded(signal => call(getPayoutBatch, { params: { id: id() } }, { signal }))
  const { busy, problem, act } = useAction()
  const now = computed(() => (state.value.status === 'loaded' ? state.value.value : undefined))
  /** Whether the batch is to be approved is asked for. */
  const asking = ref(false)
  /** Whether the file is to be taken a second time is asked for. */
  const again = ref(false)
  /** The line that came back, while the reason is asked for. */
  const bouncing = shallowRef<PayoutLine>()

  /** An answer about a batch that is no longer shown changes nothing. */
  function replace(value: PayoutBatchWithLines): void {
    if (value.batch.id !== id()) return
    state.value = { status: 'loaded', value }
    asking.value = false
    bouncing.value = undefined
  }
  watch(id, () => {
    asking.value = again.value = false
    bouncing.value = undefined
    void load()
  })
  const params = () => ({ params: { id: id() } })
  const discard = () => act(async () => replace(await call(discardPayouts, params())))
  const takeFile = () =>
    act(async () => {
      const query = again.value ? { again: 'yes' as const } : {}
      again.value = false
      const { fileName, csv } = await call(exportPayouts, { ...params(), query })
      saveFile(fileName, csv, 'text/csv')
      await refresh()
    })
  return { state, load, now, busy, problem, discard, takeFile, asking, again, bouncing, replace }
}
