import { ProblemError } from '@pix/contracts/client.ts'
import { ref } from 'vue'

/** Whether a sign-in waits for its second step. */
export function useSecondStep() {
  const needsCode = ref(false)

  /** Runs the first step of a sign-in. Where the account has a second factor, its code comes next. */
  async function firstStep(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'second_factor_needed') throw error
      needsCode.value = true
    }
  }

  return { needsCode, firstStep }
}
