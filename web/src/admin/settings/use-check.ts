import { onScopeDispose, shallowRef } from 'vue'
import { problemMessage } from '../../base/problem-message.ts'

/** `waiting`: asked, and nobody has done it yet; the page goes on looking. */
export type Check =
  | { status: 'idle' | 'checking' }
  | { status: 'waiting' | 'passed' | 'failed'; text: string; detail?: string | undefined }

/**
 * One check of the installation, done when it is asked for.
 *
 * @param run reports its state as it goes; the last report is the result
 */
export function useCheck(run: (signal: AbortSignal, report: (check: Check) => void) => Promise<void>) {
  const check = shallowRef<Check>({ status: 'idle' })
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function start(): Promise<void> {
    current.abort()
    const mine = new AbortController()
    current = mine
    const report = (found: Check) => {
      if (!mine.signal.aborted) check.value = found
    }
    report({ status: 'checking' })
    try {
      await run(mine.signal, report)
    } catch (error) {
      report({ status: 'failed', text: problemMessage(error) })
    }
  }

  return { check, start }
}
