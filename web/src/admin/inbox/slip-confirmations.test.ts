import { expect, test } from 'vitest'
import { effectScope, ref } from 'vue'
import { useSlipConfirmations } from './slip-confirmations.ts'

test('what was confirmed about one money is asked again once that money is corrected', () => {
  const scope = effectScope()
  const money = ref('60.00 KB-1')
  const { ticked, takenIn } = scope.run(() => useSlipConfirmations(() => money.value))!
  takenIn.value = ['PX-2026-000001']
  Object.assign(ticked, { isSecond: true, isNotTakenIn: true, isNotQrMoney: true })
  money.value = '60.00 KB-2'
  expect(takenIn.value).toEqual([])
  expect(ticked).toEqual({ isSecond: false, isNotTakenIn: false, isNotQrMoney: false })
  scope.stop()
})
