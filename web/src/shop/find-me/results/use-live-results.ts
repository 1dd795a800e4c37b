import { type Match, type Search, searchResults, searchStatus } from '@pix/contracts/faces.ts'
import { onScopeDispose, ref, type Ref } from 'vue'
import { call } from '../../../base/api.ts'
import { followOrPoll } from '../../../base/follow-or-poll.ts'
import { serverNow } from '../../../base/server-time.ts'

const POLL_MS = 15_000
const isOver = ({ state, liveUntil }: Search) => state !== 'done' || liveUntil === null

/**
 * Follows a search that has its answer, as long as new photos are looked through for it and the page is open. Each time
 * something is found, all that it has found by then is handed over.
 *
 * @returns whether that still goes on
 */
export function useLiveResults(search: Search, onFound: (matches: readonly Match[]) => void): Readonly<Ref<boolean>> {
  const left = search.liveUntil === null ? 0 : Date.parse(search.liveUntil) - serverNow()
  const isLooking = ref(left > 0)
  if (left <= 0) return isLooking
  const stop = new AbortController()
  const over = setTimeout(() => {
    isLooking.value = false
    stop.abort()
  }, left)
  onScopeDispose(() => {
    clearTimeout(over)
    stop.abort()
  })
  const { signal } = stop
  let known = JSON.stringify(search.counts)

  async function look({ counts }: Search): Promise<void> {
    if (JSON.stringify(counts) === known) return
    const found = await call(searchResults, { params: { id: search.id } }, { signal })
    known = JSON.stringify(found.search.counts)
    onFound(found.items)
  }

  async function follow(): Promise<void> {
    const input = { params: { id: search.id } }
    for await (const state of followOrPoll(searchStatus, input, { signal, pollMs: POLL_MS, done: isOver }))
      // What could not be read now is read with the next photo that is found, or when the page is opened again.
      await look(state).catch(() => undefined)
  }
  // The search was forgotten in another tab.
  follow().catch(() => undefined)
  return isLooking
}
