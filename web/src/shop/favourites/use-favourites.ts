import { addFavourites, listFavouriteIds, removeFavourite } from '@pix/contracts/favourites.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useSession } from '../../base/session.store.ts'
import { recall, remember } from '../../base/storage.ts'
import { showToast } from '../../ui/toast.ts'

/** Says that this browser may have favourites, so that a visitor without any costs no request. */
const HINT = 'pix_favourites'

/** The favourites in an event: shown at once, and taken back where the api does not take them. */
export function useFavourites(eventId: string) {
  const session = useSession()
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function load() {
    current.abort()
    const { signal } = (current = new AbortController())
    if (recall(HINT) === null && !session.user) return
    // Only a mark on photos: without an answer the page is as good.
    const found = await call(listFavouriteIds, { query: { eventId } }, { signal }).catch(() => undefined)
    if (found && !signal.aborted) ids.value = new Set(found.ids)
  }
  // What a guest kept joins the account.
  watch(() => session.user?.id, load, { immediate: true })

  function mark(photoId: string, on: boolean) {
    const next = new Set(ids.value)
    if (on) next.add(photoId)
    else next.delete(photoId)
    ids.value = next
  }

  async function toggle(photoId: string): Promise<void> {
    const on = !ids.value.has(photoId)
    // An answer that is on its way does not know of this.
    current.abort()
    mark(photoId, on)
    try {
      if (on) await call(addFavourites, { body: { photoIds: [photoId] } })
      else await call(removeFavourite, { params: { photoId } })
      remember(HINT, '1')
    } catch (error) {
      mark(photoId, !on)
      showToast(problemMessage(error))
    }
  }

  return { ids: computed(() => ids.value), toggle }
}
