import { addFavourites, type FavouriteEvent, listFavourites, removeFavourite } from '@pix/contracts/favourites.ts'
import { computed, shallowRef, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useSession } from '../../base/session.store.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { useTurns } from '../../base/in-turn.ts'

/** All favourites by event. What is taken out leaves the list at once, and comes back to its place where the api refuses. */
export function useFavouriteList() {
  const session = useSession()
  const { state, load } = useLoaded(signal => call(listFavourites, {}, { signal }))
  // What a guest kept joins the account.
  watch(() => session.user?.id, load)

  const inTurn = useTurns()
  const taken = shallowRef<ReadonlySet<string>>(new Set())
  function mark(photoId: string, isTaken: boolean) {
    const next = new Set(taken.value)
    if (isTaken) next.add(photoId)
    else next.delete(photoId)
    taken.value = next
  }

  const items = computed<FavouriteEvent[]>(() => {
    if (state.value.status !== 'loaded') return []
    const left = state.value.value.items.map(item => ({
      ...item,
      photos: item.photos.filter(({ photo }) => !taken.value.has(photo.id)),
    }))
    return left.filter(({ photos }) => photos.length > 0)
  })

  /** @throws ProblemError, after the photo is back in the list */
  async function remove(photoId: string): Promise<void> {
    mark(photoId, true)
    try {
      await inTurn(() => call(removeFavourite, { params: { photoId } }))
    } catch (error) {
      mark(photoId, false)
      throw error
    }
  }

  /** @throws ProblemError */
  async function bringBack(photoId: string): Promise<void> {
    await inTurn(() => call(addFavourites, { body: { photoIds: [photoId] } }))
    mark(photoId, false)
  }

  return { state, items, load, remove, bringBack }
}
