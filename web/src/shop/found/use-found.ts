import { type FoundEvent, listFound } from '@pix/contracts/found.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { forget, recall, remember } from '../../base/storage.ts'

/** Says that this browser may have been found somewhere, so that a visitor who never searched costs no request. */
const HINT = 'pix_found'

export const rememberFound = (): void => remember(HINT, '1')

/**
 * The events in which this browser or account was found, as long as that is kept. It is an extra on its page: when the
 * request fails the page shows nothing of it.
 *
 * @param of an event, or `all`; nothing is asked while it is undefined
 */
export function useFound(of: () => string | undefined) {
  const session = useSession()
  const found = shallowRef<readonly FoundEvent[]>()
  const asked = computed(() => (recall(HINT) === null && !session.user ? undefined : of()))
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function load(eventId: string | undefined): Promise<void> {
    current.abort()
    const { signal } = (current = new AbortController())
    found.value = undefined
    if (eventId === undefined) return
    const query = eventId === 'all' ? {} : { eventId }
    try {
      const { items } = await call(listFound, { query }, { signal })
      if (eventId === 'all' && items.length === 0) forget(HINT)
      if (!signal.aborted) found.value = items
    } catch {
      if (!signal.aborted) found.value = []
    }
  }
  watch([asked, () => session.user?.id], ([eventId]) => void load(eventId), { immediate: true })

  return {
    /** Nothing while it is asked. */
    found,
    /** An answer is on its way. */
    expected: computed(() => asked.value !== undefined && found.value === undefined),
    /** The newest search of the first event. */
    newest: computed(() => found.value?.[0]?.searches[0]),
  }
}
