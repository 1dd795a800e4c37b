import { cancelEventEngine, changeEventEngine, type FaceEngine, readEventEngine } from '@pix/contracts/face-engine.ts'
import { computed } from 'vue'
import { call } from '../../base/api.ts'
import { usePolled } from '../../base/use-polled.ts'

const POLL_MS = 3_000

/** The face engine of one event; while it changes it is asked for again. */
export function useEngine(eventId: string) {
  const params = { id: eventId }
  const { state, show } = usePolled(
    signal => call(readEventEngine, { params }, { signal }),
    ({ state }) => (state === 'settled' ? undefined : POLL_MS),
  )
  /** Without an answer the page goes on without it: it is not what the page is for. */
  const engine = computed(() => (state.value.status === 'loaded' ? state.value.value : undefined))

  /** @throws ProblemError */
  const change = async (to: FaceEngine): Promise<void> =>
    show(await call(changeEventEngine, { params, body: { engine: to } }))

  /** @throws ProblemError */
  const cancel = async (): Promise<void> => show(await call(cancelEventEngine, { params }))

  return { engine, change, cancel }
}
