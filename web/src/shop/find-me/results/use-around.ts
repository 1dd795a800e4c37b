import { type Match, type PhotoAround, photosAround } from '@pix/contracts/faces.ts'
import { computed, ref, type Ref, watch } from 'vue'
import { call } from '../../../base/api.ts'
import { usePages } from '../../../base/use-pages.ts'

/** Photos of one page: some rows of a phone. */
const LIMIT = 60

/**
 * Photos that a camera took within a minute of a match. How many there are is asked for at once, with the first of them;
 * they are shown when somebody opens them. A photo that is found meanwhile is shown among the matches alone.
 *
 * @param onRead is given each photo once, when it is read first
 */
export function useAround(
  searchId: string,
  matches: Readonly<Ref<readonly Match[]>>,
  onRead: (photos: readonly PhotoAround[]) => void,
) {
  const total = ref(0)
  const isOpen = ref(false)
  const seen = new Set<string>()
  const pages = usePages<PhotoAround>(async (cursor, signal) => {
    const query = { limit: LIMIT, ...(cursor !== undefined && { cursor }) }
    const page = await call(photosAround, { params: { id: searchId }, query }, { signal })
    total.value = page.count
    onRead(page.items.filter(({ photo }) => !seen.has(photo.id)))
    for (const { photo } of page.items) seen.add(photo.id)
    return page
  })
  const read = computed(() => (pages.state.value.status === 'loaded' ? pages.state.value.value.items : []))
  const photos = computed(() => {
    const found = new Set(matches.value.map(({ photo }) => photo.id))
    return read.value.filter(({ photo }) => !found.has(photo.id))
  })
  /** Of all pages, without those that were found since. */
  const count = computed(() => Math.max(0, total.value - (read.value.length - photos.value.length)))
  const hasMore = computed(() => pages.state.value.status === 'loaded' && pages.state.value.value.nextCursor !== null)

  // A new match has photos of its own around it. What somebody looks at stays as it is.
  watch(
    () => matches.value.length,
    () => isOpen.value || void pages.refresh(),
  )

  return { isOpen, photos, count, hasMore, further: pages.further, more: pages.more }
}
