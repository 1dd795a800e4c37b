import { KEPT_FACE_WORDING } from '@pix/contracts/consent-wordings.ts'
import { cleanEmail } from '@pix/contracts/email.ts'
import type { Match } from '@pix/contracts/faces.ts'
import { confirmObjection, type Objection, type ObjectionKind } from '@pix/contracts/objections.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../../base/api.ts'
import { locale } from '../../../base/i18n/index.ts'
import { problemMessage } from '../../../base/problem-message.ts'

export type Confirming =
  | { status: 'choosing' | 'sending' }
  | { status: 'failed'; message: string }
  | { status: 'done'; objection: Objection; isMailed: boolean }

/** Which of the photos found show this person, what is to be done with their face there, and what happened to it. */
export function useObjection(searchId: string, matches: readonly Match[]) {
  const { t } = useI18n()
  const selected = ref(new Set(matches.filter(({ band }) => band !== 'maybe').map(({ photo }) => photo.id)))
  const form = reactive({ kind: 'hide' as ObjectionKind, keep: false, email: '' })
  const faults = ref<{ email?: string; nothing?: string }>({})
  const state = shallowRef<Confirming>({ status: 'choosing' })
  const keepWording = computed(() => KEPT_FACE_WORDING[locale.value])

  function pick(photoIds: readonly string[], on: boolean) {
    const next = new Set(selected.value)
    for (const id of photoIds) {
      if (on) next.add(id)
      else next.delete(id)
    }
    selected.value = next
  }

  function validate(): boolean {
    const email = form.email.trim()
    faults.value = {
      ...(email !== '' && cleanEmail(email) === null && { email: t('hideMe.emailWrong') }),
      ...(selected.value.size === 0 && !form.keep && { nothing: t('hideMe.nothing') }),
    }
    return Object.keys(faults.value).length === 0
  }

  async function confirm(): Promise<void> {
    if (state.value.status === 'sending' || !validate()) return
    state.value = { status: 'sending' }
    const email = form.email.trim()
    const body = {
      kind: form.kind,
      photoIds: [...selected.value],
      keep: form.keep ? keepWording.value.id : null,
      ...(email !== '' && { email }),
      locale: locale.value,
    }
    try {
      const objection = await call(confirmObjection, { params: { id: searchId }, body })
      state.value = { status: 'done', objection, isMailed: email !== '' }
    } catch (error) {
      state.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  return { selected, pick, form, faults, state, keepWording, confirm }
}
