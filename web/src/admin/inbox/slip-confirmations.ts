import { reactive, ref, watch } from 'vue'

/**
 * What a person confirms about the money of a slip beyond what the statement says of it. What was confirmed holds for that
 * money: once it is corrected, all is asked again.
 *
 * @param money as it was typed
 */
export function useSlipConfirmations(money: () => string) {
  const ticked = reactive({ isSecond: false, isNotTakenIn: false, isNotQrMoney: false })
  /** Orders by whose QR the same amount came at that time. */
  const takenIn = ref<string[]>([])
  watch(
    money,
    () => {
      takenIn.value = []
      Object.assign(ticked, { isSecond: false, isNotTakenIn: false, isNotQrMoney: false })
    },
    { flush: 'sync' },
  )
  return { ticked, takenIn }
}
