import { followActivity, type Happening, readDashboard } from '@pix/contracts/dashboard.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { followOrPoll } from '../../base/follow-or-poll.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'

export type ActivityState =
  | { status: 'loading' }
  /** `away`: the stream broke and is being tried again. */
  | { status: 'live' | 'away'; items: readonly Happening[] }
  | { status: 'failed'; message: string }

/** How often the activity is asked for while the stream fails. */
const POLL_MS = 10_000
/** The least time between two requests for the numbers, however much happens. */
const REFRESH_MS = 5_000

/**
 * The numbers of the dashboard and what happens now. Whatever happens makes the numbers be read again, without a skeleton.
 *
 * @param whose the studio, as the lists of the console name it
 */
export function useDashboard(whose: () => Promise<{ studio?: string }>) {
  const { state, load } = useLoaded(async signal => call(readDashboard, { query: await whose() }, { signal }))
  const activity = shallowRef<ActivityState>({ status: 'loading' })
  let running = new AbortController()
  let due: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(stop)

  function stop() {
    running.abort()
    clearTimeout(due)
    due = undefined
  }

  async function refresh(signal: AbortSignal) {
    due = undefined
    const value = await call(readDashboard, { query: await whose() }, { signal }).catch(() => undefined)
    if (value && !signal.aborted) state.value = { status: 'loaded', value }
  }

  async function follow() {
    stop()
    const { signal } = (running = new AbortController())
    activity.value = { status: 'loading' }
    const failed = () => {
      if (activity.value.status === 'live') activity.value = { ...activity.value, status: 'away' }
    }
    try {
      const input = { query: await whose() }
      for await (const { items } of followOrPoll(followActivity, input, {
        signal,
        pollMs: POLL_MS,
        done: () => false,
        failed,
      })) {
        if (activity.value.status !== 'loading') due ??= setTimeout(() => void refresh(signal), REFRESH_MS)
        activity.value = { status: 'live', items }
      }
    } catch (error) {
      if (!signal.aborted) activity.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  /** Another studio: everything again. */
  function again() {
    void load()
    void follow()
  }

  void follow()
  return { state, load, activity, follow, again }
}
