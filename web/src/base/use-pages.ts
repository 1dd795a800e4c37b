import { onScopeDispose, shallowRef } from 'vue'
import { problemMessage } from './problem-message.ts'
import { useLoaded } from './use-loaded.ts'

/** A page of a list that is read by cursor. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** What happens below the rows that are shown. */
export type Further = { status: 'idle' } | { status: 'loading' } | { status: 'failed'; message: string }

/**
 * The first page of a list, and further ones added below it. What was asked for before `load` or `refresh` was called again is dropped.
 *
 * @param ask without a cursor it is the first page that is wanted
 */
export function usePages<T>(ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
  const further = shallowRef<Further>({ status: 'idle' })
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  const { state, load, refresh } = useLoaded(signal => {
    further.value = { status: 'idle' }
    return ask(undefined, signal)
  })

  async function more(): Promise<void> {
    const before = state.value
    if (before.status !== 'loaded' || before.value.nextCursor === null || further.value.status === 'loading') return
    const { items, nextCursor } = before.value
    further.value = { status: 'loading' }
    try {
      const page = await ask(nextCursor, gone.signal)
      if (state.value !== before) return
      state.value = { status: 'loaded', value: { items: [...items, ...page.items], nextCursor: page.nextCursor } }
      further.value = { status: 'idle' }
    } catch (error) {
      if (state.value === before && !gone.signal.aborted) {
        further.value = { status: 'failed', message: problemMessage(error) }
      }
    }
  }

  return { state, load, refresh, further, more }
}
