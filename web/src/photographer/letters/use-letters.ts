import { changeLetterChoices, type LetterChoices, readLetterChoices } from '@pix/contracts/letter-choices.ts'
import { reactive, watch } from 'vue'
import { call } from '../../base/api.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'

/** Which letters somebody gets about their work: as it is kept, as it is chosen, and saving it. */
export function useLetters() {
  const { state, load } = useLoaded(signal => call(readLetterChoices, {}, { signal }))
  const draft = reactive<LetterChoices>({
    morning: true,
    firstSale: true,
    refused: true,
    organized: true,
    locale: 'th',
  })
  watch(state, now => now.status === 'loaded' && Object.assign(draft, now.value))

  const { busy, problem, act } = useAction()
  const save = (saved: () => void) =>
    act(async () => {
      state.value = { status: 'loaded', value: await call(changeLetterChoices, { body: { ...draft } }) }
      saved()
    })
  return { state, load, draft, busy, problem, save }
}
