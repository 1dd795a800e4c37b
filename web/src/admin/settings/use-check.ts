import { onScopeDispose, shallowRef } from 'vue'
import { problemMessage } from '../../base/problem-message.ts'

/** `waiting`: asked, and nobody has done it yet; the page goes on looking. */
export type Check =
  | { status: 'idle' | 'checking' }
  | { status: 'waiting' | 'passed' | 'failed'; text: string; detail?: string | undefined }

/**
 * One check of the installation, done when it is asked for.
 *
 * @param run tells what it finds as it goes, the last time with what came out
 */
export function useCheck(run: (signal: AbortSignal, tell: (check: Check) => void) => Promise<void>) {
  const check = shallowRef<Check>({ status: 'idle' })
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function start(): Promise<void> {
    current.abort()
    const mine = new AbortController()
    current = mine
    const tell = (found: Check) => {
      if (!mine.signal.aborted) check.value = found
    }
    tell({ status: 'checking' })
    try {
      await run(mine.signal, tell)
    } catch (error) {
      tell({ status: 'failed', text: problemMessage(error) })
    }
  }

  return { check, start }
}
