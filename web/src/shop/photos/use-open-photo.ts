import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The name of the address's part that says which photo is open. */
const KEY = 'photo'

/** Whether the history's entry before this one is the same page without a photo. */
const openedHere = () => Boolean((history.state as { openedHere?: boolean } | null)?.openedHere)

/**
 * The one photo that is open, named by the address: it can be shared and reloaded, and the Back key closes it. Opening
 * adds one entry to the browser's history, turning to another photo changes that entry.
 *
 * @param photos those that can be open, in the order of turning
 */
export function useOpenPhoto(photos: () => readonly { id: string }[]) {
  const route = useRoute()
  const router = useRouter()
  const id = computed(() => (typeof route.query[KEY] === 'string' ? route.query[KEY] : null))
  const index = computed(() => (id.value === null ? -1 : photos().findIndex(photo => photo.id === id.value)))
  /** Asked to close, and the address has not changed yet: a second Esc must not go back twice. */
  let closing = false

  const queryWith = (photo: string | undefined) => {
    const { [KEY]: _open, ...rest } = route.query
    return photo === undefined ? rest : { ...rest, [KEY]: photo }
  }
  const show = (photo: string) =>
    id.value === null
      ? router.push({ query: queryWith(photo), hash: route.hash, state: { openedHere: true } })
      : router.replace({ query: queryWith(photo), hash: route.hash, state: { openedHere: openedHere() } })

  async function close() {
    if (id.value === null || closing) return
    closing = true
    try {
      if (!openedHere()) return await router.replace({ query: queryWith(undefined), hash: route.hash })
      const left = new Promise<void>(resolve => {
        const stop = router.afterEach(() => (stop(), resolve()))
      })
      router.back()
      await left
    } finally {
      closing = false
    }
  }

  return {
    /** -1 while none is open. */
    index,
    open: (at: number) => {
      const photo = photos()[at]
      if (photo && photo.id !== id.value) void show(photo.id)
    },
    close: () => void close(),
  }
}
