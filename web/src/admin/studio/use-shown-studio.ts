import { computed, watch } from 'vue'
import { useLoaded } from '../../base/use-loaded.ts'
import { useStudio } from './use-studio.ts'

/**
 * The console's studio, for a page that shows nothing without it. It is loaded once more when another one is chosen.
 */
export function useShownStudio() {
  const { studios, studio, needStudio } = useStudio()
  const { state, load } = useLoaded(() => needStudio())
  watch(() => studio.value?.id, load)
  const shown = computed(() => (state.value.status === 'loaded' ? state.value.value : undefined))
  return { studios, shown, state, load }
}
