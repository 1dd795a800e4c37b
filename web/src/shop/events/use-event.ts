import { type EventDetail, getEvent } from '@pix/contracts/events.ts'
import { listEventPackages, type Package } from '@pix/contracts/pricing.ts'
import { shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { pageData } from '../../base/page-data.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { countVisit } from './count-visit.ts'

/**
 * The event behind an address; its prices follow, so that the cover need not wait for them. All of it may have come with
 * the page, and then its first photos too.
 */
export function useEvent(slug: () => string) {
  const initial = initialFor(slug())
  const packages = shallowRef<Package[]>(initial?.packages ?? [])

  const { state, load } = useLoaded<EventDetail>(async signal => {
    // The prices of another event must not stand here, also where this one's do not come.
    packages.value = []
    const event = await call(getEvent, { params: { id: slug() } }, { signal })
    call(listEventPackages, { params: { id: event.id } }, { signal })
      .then(({ items }) => (packages.value = items))
      .catch(() => undefined)
    return event
  }, initial?.event)
  watch(slug, load)
  watch(state, now => now.status === 'loaded' && void countVisit(now.value.id), { immediate: true })
  return { state, packages, load, firstPhotos: initial?.photos, firstBursts: initial?.bursts }
}

function initialFor(slug: string) {
  const { event: initial } = pageData()
  return initial && [initial.event.slug, initial.event.id].includes(slug) ? initial : undefined
}
