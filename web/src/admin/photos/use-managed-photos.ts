import { listManagedPhotos, type ManagedPhoto } from '@pix/contracts/managed-photos.ts'
import type { Output } from '@pix/contracts/client.ts'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'
import type { PhotoFilters } from './photo-filters.ts'

/** An event's photos that fit the filters, page by page, and which of them are selected. */
export function useManagedPhotos(id: string, filters: Readonly<Ref<PhotoFilters>>) {
  const facts = shallowRef<Pick<Output<typeof listManagedPhotos>, 'total' | 'photographers' | 'limits'>>()
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  const pages = usePages<ManagedPhoto>(async (cursor, signal) => {
    const query = { limit: 60, ...filters.value, ...(cursor !== undefined && { cursor }) }
    const page = await call(listManagedPhotos, { params: { id }, query }, { signal })
    facts.value = page
    return page
  })
  const { state } = pages
  const photos = computed(() => (state.value.status === 'loaded' ? state.value.value.items : []))
  const chosen = computed(() => photos.value.filter(photo => selected.value.has(photo.id)))

  watch(filters, () => {
    selected.value = new Set()
    void pages.load()
  })

  function toggle(photoId: string) {
    const after = new Set(selected.value)
    if (!after.delete(photoId)) after.add(photoId)
    selected.value = after
  }

  /** What is changed keeps its place in the list, whatever the filters are, so that it can be taken back. */
  function change(ids: readonly string[], to: Partial<ManagedPhoto>) {
    const some = new Set(ids)
    pages.change(items => items.map(photo => (some.has(photo.id) ? { ...photo, ...to } : photo)))
  }

  function remove(ids: readonly string[]) {
    const gone = new Set(ids)
    const count = photos.value.filter(photo => gone.has(photo.id)).length
    if (facts.value) facts.value = { ...facts.value, total: facts.value.total - count }
    selected.value = new Set([...selected.value].filter(each => !gone.has(each)))
    pages.change(items => items.filter(photo => !gone.has(photo.id)))
  }

  return {
    pages,
    photos,
    facts,
    chosen,
    selected,
    toggle,
    selectShown: () => (selected.value = new Set(photos.value.map(photo => photo.id))),
    clear: () => (selected.value = new Set()),
    change,
    remove,
    reload: pages.load,
  }
}
