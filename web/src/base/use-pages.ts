import { shallowRef } from 'vue'
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
 * The first page of a list, and further ones added below it. Answers to requests from before the last `load` or `refresh`
 * are dropped.
 *
 * @param ask reads one page: the first one without a cursor
 */
export function usePages<T>(ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
  const further = shallowRef<Further>({ status: 'idle' })
  /** The signal of the last `load` or `refresh`. The next one aborts it, and requests for further pages with it. */
  let current: AbortSignal

  const { state, load, refresh } = useLoaded(signal => {
    current = signal
    further.value = { status: 'idle' }
    return ask(undefined, signal)
  })

  async function more(): Promise<void> {
    const before = state.value
    if (before.status !== 'loaded' || before.value.nextCursor === null || further.value.status === 'loading') return
    const { nextCursor } = before.value
    const mine = current
    further.value = { status: 'loading' }
    try {
      const page = await ask(nextCursor, mine)
      if (mine.aborted) return
      further.value = { status: 'idle' }
      const now = state.value
      if (now.status !== 'loaded' || now.value.nextCursor !== nextCursor) return
      const items = [...now.value.items, ...page.items]
      state.value = { status: 'loaded', value: { items, nextCursor: page.nextCursor } }
    } catch (error) {
      if (!mine.aborted) further.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  /**
   * Shows what was done to rows, also while a further page is on its way. A list that it empties is asked for again: there may
   * be others below, or new ones.
   */
  function change(to: (items: readonly T[]) => T[]): void {
    const before = state.value
    if (before.status !== 'loaded') return
    const items = to(before.value.items)
    state.value = { status: 'loaded', value: { ...before.value, items } }
    if (items.length === 0 && before.value.items.length > 0) void load()
  }

  return { state, load, refresh, further, more, change }
}
