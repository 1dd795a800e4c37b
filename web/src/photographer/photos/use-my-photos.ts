import type { Output } from '@pix/contracts/client.ts'
import { type CrewPhoto, listCrewPhotos } from '@pix/contracts/photos.ts'
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'
import { type Filter, filterOf, FILTERS } from './filters.ts'

/** A photographer's photos of an event under the filter that the address names, and how many each filter has. */
export function useMyPhotos(eventId: string) {
  const [route, router] = [useRoute(), useRouter()]
  const filter = computed(() => filterOf(route.query))
  const facts = shallowRef<Pick<Output<typeof listCrewPhotos>, 'counts' | 'limits'>>()
  const pages = usePages<CrewPhoto>(async (cursor, signal) => {
    const query = { limit: 60, cursor, own: 'yes' as const, ...FILTERS[filter.value] }
    const page = await call(listCrewPhotos, { params: { id: eventId }, query }, { signal })
    facts.value = page
    return page
  })
  watch(filter, pages.load)
  const choose = (next: Filter) => router.push({ query: next === 'all' ? {} : { show: next } })
  return { pages, filter, facts, choose }
}
