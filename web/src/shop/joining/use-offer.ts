import { readPhotographerOffer } from '@pix/contracts/photographer-offer.ts'
import { computed } from 'vue'
import { call } from '../../base/api.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { shareWords } from './range-words.ts'

/** What photographers get here by the rules in force. `share` is undefined until that is known, and where they get none. */
export function useOffer() {
  const { state, load } = useLoaded(signal => call(readPhotographerOffer, {}, { signal }))
  const share = computed(() => {
    const found = state.value.status === 'loaded' ? state.value.value.share : null
    return found ? shareWords(found) : undefined
  })
  return { state, load, share }
}
