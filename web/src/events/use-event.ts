import { type EventDetail, getEvent } from '@pix/contracts/events.ts'
import { listEventPackages, type Package } from '@pix/contracts/pricing.ts'
import { shallowRef, watch } from 'vue'
import { call } from '../app/api.ts'
import { useLoaded } from '../app/use-loaded.ts'

/** The event behind an address; its prices follow, so that the cover need not wait for them. */
export function useEvent(slug: () => string) {
  const packages = shallowRef<Package[]>([])

  const { state, load } = useLoaded<EventDetail>(async signal => {
    const event = await call(getEvent, { params: { idOrSlug: slug() } }, { signal })
    call(listEventPackages, { params: { id: event.id } }, { signal })
      .then(({ items }) => (packages.value = items))
      .catch(() => undefined)
    return event
  })
  watch(slug, load)
  return { state, packages, load }
}
