import { type EventCategory, type EventSummary, listEvents } from '@pix/contracts/events.ts'
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { FIRST_EVENTS } from '@pix/contracts/page-data.ts'
import { call } from '../../base/api.ts'
import { daysOf } from '../../base/days-of-month.ts'
import { pageData } from '../../base/page-data.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { PROVINCES } from './province-name.ts'

export const CATEGORIES = ['run', 'graduation', 'concert', 'party', 'corporate'] as const satisfies EventCategory[]

/** What narrows and sorts the list; the address keeps it, so that a link and the Back key do. */
interface Narrowing {
  text?: string | undefined
  category?: string | undefined
  /** `YYYY-MM`, in which an event begins. */
  month?: string | undefined
  province?: string | undefined
  order?: 'popular' | undefined
}

/** Events on sale as the address asks for them, and more of them page by page. */
export function useEvents() {
  const route = useRoute()
  const router = useRouter()
  const text = computed(() => String(route.query['text'] ?? '').trim())
  const category = computed(() => CATEGORIES.find(known => known === route.query['category']))
  const month = computed(() => (daysOf(String(route.query['month'])) ? String(route.query['month']) : undefined))
  const province = computed(() => PROVINCES.find(known => known === route.query['province']))
  const order = computed<'popular' | undefined>(() => (route.query['order'] === 'popular' ? 'popular' : undefined))

  /** Of what the list shows, all but its order. */
  const isNarrowed = computed(() => [text, category, month, province].some(({ value }) => value))

  const query = (cursor?: string) => ({
    limit: FIRST_EVENTS,
    text: text.value || undefined,
    category: category.value,
    province: province.value,
    ...(month.value ? daysOf(month.value) : undefined),
    order: order.value,
    cursor,
  })

  /** Events of later pages, added below the first. */
  const further = shallowRef<{ status: 'idle' | 'loading' | 'failed' }>({ status: 'idle' })

  const { state, load } = useLoaded(
    signal => {
      further.value = { status: 'idle' }
      return call(listEvents, { query: query() }, { signal })
    },
    isNarrowed.value || order.value ? undefined : pageData().home?.events,
  )
  watch([text, category, month, province, order], load)

  async function more() {
    if (state.value.status !== 'loaded' || !state.value.value.nextCursor || further.value.status === 'loading') return
    const before = state.value
    further.value = { status: 'loading' }
    try {
      const next = await call(listEvents, { query: query(before.value.nextCursor ?? undefined) })
      if (state.value !== before) return
      const items: EventSummary[] = [...before.value.items, ...next.items]
      state.value = { status: 'loaded', value: { items, nextCursor: next.nextCursor } }
      further.value = { status: 'idle' }
    } catch {
      if (state.value === before) further.value = { status: 'failed' }
    }
  }

  const narrow = (change: Narrowing) => router.replace({ query: { ...route.query, ...change }, hash: '' })

  const showAll = () => narrow({ text: undefined, category: undefined, month: undefined, province: undefined })

  return { text, category, month, province, order, isNarrowed, state, load, further, more, narrow, showAll }
}
