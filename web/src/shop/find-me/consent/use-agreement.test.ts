import { CHILD_SEARCH_WORDING, FACE_SEARCH_WORDING, GUARDIAN_WORDING } from '@pix/contracts/consent-wordings.ts'
import { expect, test } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useAgreement } from './use-agreement.ts'

test('a child’s selfie needs its guardian’s confirmation first, and another person is agreed to again', async () => {
  const scope = effectScope()
  const agreement = scope.run(() => useAgreement({ adult: FACE_SEARCH_WORDING, child: CHILD_SEARCH_WORDING }))!
  agreement.isTicked.value = true
  expect([agreement.isGiven.value, agreement.agreed()]).toEqual([true, { consent: FACE_SEARCH_WORDING.th.id }])

  agreement.who.value = 'child'
  await nextTick()
  expect([agreement.isAsked.value, agreement.isGiven.value]).toEqual([false, false])
  agreement.isTicked.value = true
  expect(agreement.isGiven.value).toBe(false)
  agreement.isGuardian.value = true
  await nextTick()
  expect([agreement.isAsked.value, agreement.isGiven.value]).toEqual([true, false])
  agreement.isTicked.value = true
  expect(agreement.isGiven.value).toBe(true)
  expect(agreement.agreed()).toEqual({ consent: CHILD_SEARCH_WORDING.th.id, guardian: GUARDIAN_WORDING.th.id })

  agreement.who.value = 'adult'
  await nextTick()
  expect(agreement.isGiven.value).toBe(false)
  agreement.restore('child')
  expect([agreement.isGiven.value, agreement.agreed().guardian]).toEqual([true, GUARDIAN_WORDING.th.id])
  scope.stop()
})
