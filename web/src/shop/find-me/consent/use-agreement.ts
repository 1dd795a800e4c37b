import { type ConsentWording, GUARDIAN_WORDING } from '@pix/contracts/consent-wordings.ts'
import { computed, ref, watch } from 'vue'
import { locale } from '../../../base/i18n/index.ts'

type Wordings = Readonly<Record<'th' | 'en', ConsentWording>>

/** What is sent to the api: ids of the wordings that were agreed to. */
export interface Agreed {
  consent: string
  /** Who consents, where the selfie is a child's. */
  guardian?: string
}

/** Whose face a selfie shows. */
export type Who = 'adult' | 'child'

/**
 * What a person agrees to before a selfie. An adult ticks one box. For a child the guardian first confirms who they are,
 * then ticks the box. A change between adult and child clears both.
 */
export function useAgreement(words: { adult: Wordings; child: Wordings }) {
  const who = ref<Who>('adult')
  const isGuardian = ref(false)
  const isTicked = ref(false)
  watch(who, () => (isGuardian.value = isTicked.value = false), { flush: 'sync' })
  watch(isGuardian, () => (isTicked.value = false), { flush: 'sync' })
  const wording = computed(() => words[who.value][locale.value])
  const guardian = computed(() => GUARDIAN_WORDING[locale.value])
  /** The box may be ticked. */
  const isAsked = computed(() => who.value === 'adult' || isGuardian.value)
  const isGiven = computed(() => isAsked.value && isTicked.value)
  const agreed = (): Agreed => ({
    consent: wording.value.id,
    ...(who.value === 'child' && { guardian: guardian.value.id }),
  })
  /** It was given before its person signed in. */
  function restore(given: Who) {
    who.value = given
    isGuardian.value = given === 'child'
    isTicked.value = true
  }
  /** It was taken back: the boxes are empty. */
  const clear = () => (isGuardian.value = isTicked.value = false)
  return { who, isGuardian, isTicked, wording, guardian, isAsked, isGiven, agreed, restore, clear }
}
export type Agreement = ReturnType<typeof useAgreement>
