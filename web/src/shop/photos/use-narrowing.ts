import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { TimeRange } from '../events/index.ts'

const msOf = (value: unknown) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 0)

/**
 * What narrows a gallery: a time, and who took the photos. The address keeps both, so that a link and the Back key do.
 *
 * @param known ids of the event's photographers: another one in the address narrows nothing
 */
export function useNarrowing(known: () => readonly string[]) {
  const route = useRoute()
  const router = useRouter()
  const narrow = (change: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...change } })

  const range = computed<TimeRange | null>({
    get() {
      const [from, to] = [msOf(route.query['from']), msOf(route.query['to'])]
      return from > 0 && to > from ? { from, to } : null
    },
    set: next => narrow({ from: next ? String(next.from) : undefined, to: next ? String(next.to) : undefined }),
  })
  const takenBy = computed<string | null>({
    get: () => known().find(id => id === route.query['by']) ?? null,
    set: next => narrow({ by: next ?? undefined }),
  })
  const showAll = () => narrow({ from: undefined, to: undefined, by: undefined })
  return { range, takenBy, showAll }
}
