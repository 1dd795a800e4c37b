import { ref } from 'vue'
import { problemMessage } from './problem-message.ts'

/**
 * What somebody does on a page, one thing at a time. A failure is a sentence for a note on the page, never lost in a
 * toast; the next action takes it away.
 */
export function useAction() {
  const busy = ref(false)
  const problem = ref<string>()

  async function act(action: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = undefined
    try {
      await action()
    } catch (error) {
      problem.value = problemMessage(error)
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, act }
}
