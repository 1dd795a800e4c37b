import { type FoundEvent, forgetFound, listFound } from '@pix/contracts/found.ts'
import { shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** The events in which this browser or account was found. Each can be removed from the list. */
export function useMyPhotos() {
  const session = useSession()
  const { state, load } = useLoaded(async signal => (await call(listFound, { query: {} }, { signal })).items)
  // After a sign-in the list has the events that the account found in other browsers, too.
  watch(() => session.user?.id, load)

  /** The event in the dialog that asks whether to remove it. */
  const asking = shallowRef<FoundEvent['event'] | null>(null)
  const { busy, problem, act } = useAction()
  // What failed was about another event.
  watch(asking, () => (problem.value = undefined))

  const forget = (forgotten: () => void) =>
    act(async () => {
      const eventId = asking.value?.id
      if (eventId === undefined) return
      await call(forgetFound, { params: { eventId } })
      // The dialog may be about another event by now.
      if (asking.value?.id === eventId) asking.value = null
      if (state.value.status === 'loaded')
        state.value = { status: 'loaded', value: state.value.value.filter(({ event }) => event.id !== eventId) }
      // A list that is on its way may still have it.
      else void load()
      forgotten()
    })
  return { session, state, load, asking, busy, problem, forget }
}
