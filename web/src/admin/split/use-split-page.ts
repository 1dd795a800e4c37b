import { computed, ref, watch } from 'vue'
import { useLoaded } from '../../base/use-loaded.ts'
import { useStudio } from '../studio/index.ts'
import { readSplitPage } from './read-split-page.ts'

/**
 * The shares of the console's studio. Once one form has saved they are read anew under what is typed in the others.
 *
 * @param eventId the event for which a rule is to be written, where one is named
 */
export function useSplitPage(eventId: () => string | undefined) {
  const { studio, needStudio } = useStudio()
  /** Whether something was saved that is not shown yet, because it could not be read. */
  const isOld = ref(false)
  const { state, load } = useLoaded(async signal => {
    const found = await needStudio()
    isOld.value = false
    return readSplitPage(found?.id, eventId(), signal)
  })
  watch(() => studio.value?.id, load)
  const page = computed(() => (state.value.status === 'loaded' ? state.value.value : undefined))

  async function again(): Promise<void> {
    const before = state.value
    if (before.status !== 'loaded') return
    const { studioId } = before.value
    try {
      const value = await readSplitPage(studioId ?? undefined, eventId(), new AbortController().signal)
      // Another studio may have been chosen meanwhile.
      if (state.value.status !== 'loaded' || state.value.value.studioId !== studioId) return
      state.value = { status: 'loaded', value }
      isOld.value = false
    } catch {
      isOld.value = state.value.status === 'loaded' && state.value.value.studioId === studioId
    }
  }
  return { studio, state, page, load, again, isOld }
}
