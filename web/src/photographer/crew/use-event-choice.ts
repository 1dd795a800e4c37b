import type { EventSummary } from '@pix/contracts/events.ts'
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type Page, usePages } from '../../base/use-pages.ts'
import { type Narrowed, narrowedBy } from './narrowed-by.ts'

/** Photos that wait for approval, and those that could not be processed, where a person looks after them. */
export type ChosenEvent = EventSummary & { waitingCount?: number; failedCount?: number }

/** A page of a list of events, narrowed. */
interface AskedPage extends Narrowed {
  limit: number
  cursor?: string
}

/** Events to choose from, page by page; what they are narrowed to stands in the address. */
export function useEventChoice(ask: (query: AskedPage, signal: AbortSignal) => Promise<Page<ChosenEvent>>) {
  const [route, router] = [useRoute(), useRouter()]
  const { path } = route
  const narrowed = computed(() => narrowedBy(route.query))
  const pages = usePages((cursor, signal) =>
    ask({ ...narrowed.value, limit: 50, ...(cursor !== undefined && { cursor }) }, signal),
  )
  watch(
    () => JSON.stringify(narrowed.value),
    () => route.path === path && pages.load(),
  )

  /** Keeps what else the address says, such as the studio. */
  function narrow({ text, status }: { [K in keyof Narrowed]?: Narrowed[K] | undefined }) {
    const { text: _text, status: _status, ...others } = route.query
    return router.push({ query: { ...others, ...(text && { text }), ...(status && { status }) } })
  }
  const isNarrowed = computed(() => Object.keys(narrowed.value).length > 0)
  return { pages, narrowed, isNarrowed, narrow }
}
