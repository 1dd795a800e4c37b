import { type FoundEvent, forgetFound, listFound } from '@pix/contracts/found.ts'
import { shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** Where this browser or account was found, and forgetting it. */
export function useMyPhotos() {
  const session = useSession()
  const { state, load } = useLoaded(async signal => (await call(listFound, { query: {} }, { signal })).items)
  // An account brings what it found elsewhere.
  watch(() => session.user?.id, load)

  /** The event of which is asked whether it shall be forgotten. */
  const asking = shallowRef<FoundEvent['event'] | null>(null)
  const { busy, problem, act } = useAction()

  const forget = (forgotten: () => void) =>
    act(async () => {
      const eventId = asking.value?.id
      if (eventId === undefined) return
      await call(forgetFound, { params: { eventId } })
      asking.value = null
      if (state.value.status === 'loaded')
        state.value = { status: 'loaded', value: state.value.value.filter(({ event }) => event.id !== eventId) }
      forgotten()
    })
  return { session, state, load, asking, busy, problem, forget }
}
