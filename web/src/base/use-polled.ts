import { onScopeDispose, watch } from 'vue'
import { useLoaded } from './use-loaded.ts'

/**
 * Something a page shows that changes by itself: as `useLoaded`, and asked for again while something is expected. What is
 * there stays meanwhile, also when a request fails. An answer to a request from before the last `show` or `load` is
 * dropped. A page in the background asks for nothing.
 *
 * @param pause ms until it is asked for again, by what is there now; undefined where nothing is expected
 */
export function usePolled<T>(ask: (signal: AbortSignal) => Promise<T>, pause: (value: T) => number | undefined) {
  const { state, load } = useLoaded(ask)
  let asking = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(timer)
    asking.abort()
  }
  function plan(value: T): void {
    const ms = pause(value)
    if (ms !== undefined) timer = setTimeout(() => void lookUnlessHidden(value), ms)
  }
  const lookUnlessHidden = (value: T) => (document.visibilityState === 'visible' ? look() : plan(value))

  /** What is there now is another value than the one that was asked about before. */
  const show = (value: T): void => void (state.value = { status: 'loaded', value })

  /** Asks at once. */
  async function look(): Promise<void> {
    const now = state.value
    if (now.status !== 'loaded') return
    stop()
    const { signal } = (asking = new AbortController())
    try {
      const value = await ask(signal)
      if (!signal.aborted) show(value)
    } catch {
      // The connection may come back.
      if (!signal.aborted) plan(now.value)
    }
  }

  watch(
    state,
    now => {
      stop()
      if (now.status === 'loaded') plan(now.value)
    },
    { flush: 'sync' },
  )
  onScopeDispose(stop)
  return { state, load, look, show }
}
