import { addFavourites, listFavouriteIds, removeFavourite } from '@pix/contracts/favourites.ts'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useSession } from '../../base/session.store.ts'
import { recall, remember } from '../../base/storage.ts'
import { showToast } from '../../ui/toast.ts'
import { useTurns } from '../../base/in-turn.ts'

/** Says that this browser may have favourites, so that a visitor without any costs no request. */
const HINT = 'pix_favourites'

/** The favourites in an event: shown at once, and taken back where the api does not take them. */
export function useFavourites(eventId: string) {
  const session = useSession()
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  /** As the api has them, where it was asked. */
  let stored = new Set<string>()
  let isKnown = false
  /** The last change of each photo that is not answered yet. */
  const pending = new Map<string, symbol>()
  const inTurn = useTurns()
  let current = new AbortController()
  let isLeft = false
  onScopeDispose(() => {
    isLeft = true
    current.abort()
  })

  async function load() {
    current.abort()
    const { signal } = (current = new AbortController())
    isKnown = recall(HINT) === null && !session.user
    if (isKnown) return
    // Only a mark on photos: without an answer the page is as good.
    const found = await call(listFavouriteIds, { query: { eventId } }, { signal }).catch(() => undefined)
    if (!found || signal.aborted || pending.size > 0) return
    isKnown = true
    stored = new Set(found.ids)
    ids.value = new Set(found.ids)
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
    const change = Symbol(photoId)
    pending.set(photoId, change)
    // An answer that is on its way does not know of this: it is asked for again at the end.
    current.abort()
    mark(photoId, on)
    try {
      await inTurn(() => send(photoId, on))
    } catch (error) {
      if (pending.get(photoId) === change) mark(photoId, stored.has(photoId))
      showToast(problemMessage(error))
    }
    if (pending.get(photoId) === change) pending.delete(photoId)
    if (!isKnown && !isLeft && pending.size === 0) await load()
  }

  async function send(photoId: string, on: boolean): Promise<void> {
    if (on) await call(addFavourites, { body: { photoIds: [photoId] } })
    else await call(removeFavourite, { params: { photoId } })
    if (on) stored.add(photoId)
    else stored.delete(photoId)
    remember(HINT, '1')
  }

  return { ids: computed(() => ids.value), toggle }
}
