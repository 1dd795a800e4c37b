import { ProblemError } from '@pix/contracts/client.ts'
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { problemMessage } from './problem-message.ts'

export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'loaded'; value: T }
  | { status: 'failed'; message: string; error: unknown }

/**
 * Something a page shows after asking for it: loading, there, or failed with a sentence for people. Asks at once;
 * `load` asks again (retry, changed filter), `refresh` too, and leaves what is there on the screen until the answer has
 * come (after a change). A slower earlier answer is dropped. What failed while the net was away is asked for again when
 * it is back.
 *
 * @param initial a value that is there already: then nothing is asked at first
 */
export function useLoaded<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  initial?: T,
): {
  state: ShallowRef<Loaded<T>>
  load: () => Promise<void>
  refresh: () => Promise<void>
} {
  const state = shallowRef<Loaded<T>>(
    initial === undefined ? { status: 'loading' } : { status: 'loaded', value: initial },
  )
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function askShowing(meanwhile: Loaded<T>): Promise<void> {
    current.abort()
    const mine = new AbortController()
    current = mine
    state.value = meanwhile
    try {
      const value = await ask(mine.signal)
      if (!mine.signal.aborted) state.value = { status: 'loaded', value }
    } catch (error) {
      if (!mine.signal.aborted) state.value = { status: 'failed', message: problemMessage(error), error }
    }
  }
  const load = () => askShowing({ status: 'loading' })
  const refresh = () => askShowing(state.value.status === 'loaded' ? state.value : { status: 'loading' })
  const back = () => {
    const now = state.value
    if (now.status === 'failed' && now.error instanceof ProblemError && now.error.code === 'network') void load()
  }
  addEventListener('online', back)
  onScopeDispose(() => removeEventListener('online', back))

  if (initial === undefined) void load()
  return { state, load, refresh }
}
