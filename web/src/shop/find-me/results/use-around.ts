import { type Match, type PhotoAround, photosAround } from '@pix/contracts/faces.ts'
import { computed, onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue'
import { call } from '../../../base/api.ts'
import { usePages } from '../../../base/use-pages.ts'

/** Photos of one page: some rows of a phone. */
const LIMIT = 60
/** Matches that come within this time are asked about together: during an upload they come every few seconds. */
const NEWS_MS = 30_000

const NOTHING = { items: [], nextCursor: null }

/** The api looks around these alone. */
const isLookedAt = ({ band, hidden }: Match) => band !== 'maybe' && !hidden

/**
 * Photos that a camera took within a minute of a match. How many there are is asked for once, with the first of them, where
 * somebody was found; they are shown when they are opened. A photo that is found meanwhile is shown among the matches alone.
 * One that was ticked stays, also where it is read no more: what is paid for can be seen and unticked.
 *
 * @param ticked ids of those that are selected
 * @param onRead is given each photo once, when it is read first
 */
export function useAround(
  searchId: string,
  matches: Readonly<Ref<readonly Match[]>>,
  ticked: Readonly<Ref<ReadonlySet<string>>>,
  onRead: (photos: readonly PhotoAround[]) => void,
) {
  const total = ref(0)
  const isOpen = ref(false)
  const seen = new Map<string, PhotoAround>()
  const everTicked = shallowRef<ReadonlySet<string>>(new Set())
  watch(ticked, now => (everTicked.value = new Set([...everTicked.value, ...now])), { immediate: true, flush: 'sync' })
  const pages = usePages<PhotoAround>(async (cursor, signal) => {
    if (!matches.value.some(isLookedAt)) {
      total.value = 0
      return NOTHING
    }
    const query = { limit: LIMIT, ...(cursor !== undefined && { cursor }) }
    const page = await call(photosAround, { params: { id: searchId }, query }, { signal })
    if (page.count !== null) total.value = page.count
    const news = page.items.filter(({ photo }) => !seen.has(photo.id))
    for (const item of page.items) seen.set(item.photo.id, item)
    onRead(news)
    return page
  })
  const read = computed(() => (pages.state.value.status === 'loaded' ? pages.state.value.value.items : []))
  const found = computed(() => new Set(matches.value.map(({ photo }) => photo.id)))
  const unfound = computed(() => read.value.filter(({ photo }) => !found.value.has(photo.id)))
  const photos = computed(() => {
    const there = new Set(read.value.map(({ photo }) => photo.id))
    const others = [...seen.values()].filter(
      ({ photo: { id } }) => everTicked.value.has(id) && !there.has(id) && !found.value.has(id),
    )
    return others.length === 0 ? unfound.value : [...unfound.value, ...others].toSorted(byTime)
  })
  /** Of all pages, without those that were found since. */
  const count = computed(() => Math.max(photos.value.length, total.value - (read.value.length - unfound.value.length)))
  const hasMore = computed(() => pages.state.value.status === 'loaded' && pages.state.value.value.nextCursor !== null)

  // A new match has photos of its own around it. What somebody looks at stays as it is.
  watch(
    () => matches.value.length,
    later(NEWS_MS, () => isOpen.value || void pages.refresh()),
  )

  return { isOpen, photos, count, hasMore, further: pages.further, more: pages.more }
}

/** Acts once, so long after the first of several calls; not after its page is left. */
function later(ms: number, act: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(waiting))
  return () => {
    waiting ??= setTimeout(() => {
      waiting = undefined
      act()
    }, ms)
  }
}

/** As the api orders them. Each has a time, or it would be around nothing. */
function byTime({ photo: a }: PhotoAround, { photo: b }: PhotoAround): number {
  const [of, than] = [`${a.takenAt} ${a.id}`, `${b.takenAt} ${b.id}`]
  return of < than ? -1 : of > than ? 1 : 0
}
