import { computed, ref } from 'vue'
import { useTurns } from './in-turn.ts'
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

/**
 * As `useAction`, but nothing is passed over: an action that is asked for meanwhile waits for its turn. It is for keys,
 * which come faster than answers.
 */
export function useActionsInTurn() {
  const { problem, act } = useAction()
  const waiting = ref(0)
  const inTurn = useTurns()

  function actInTurn(action: () => Promise<void>): Promise<void> {
    waiting.value += 1
    return inTurn(() => act(action)).finally(() => (waiting.value -= 1))
  }
  return { busy: computed(() => waiting.value > 0), problem, act: actInTurn }
}
