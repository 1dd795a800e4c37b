import {
  askStatementFile,
  getStatementFile,
  linkStatementFile,
  type StatementFile,
} from '@pix/contracts/statement-files.ts'
import { onScopeDispose, watch } from 'vue'
import { call } from '../../base/api.ts'
import { startDownload } from '../../base/save-file.ts'
import { useAction } from '../../base/use-action.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import type { StatementOf } from './whole-statement.ts'

/** The first wait between two questions. Each further one is longer by the factor, up to the slowest. */
const POLL_MS = 1_500
const SLOWER = 1.2
const SLOWEST_MS = 10_000

const isMade = (file: StatementFile | null) => file?.state === 'queued' || file?.state === 'drawing'

/**
 * The PDF of a statement: asked for, being drawn, ready or failed. While it is drawn its state is asked for again.
 *
 * @param ready called when a PDF that the page waited for is ready
 */
export function useStatementFile({ party, range }: StatementOf, locale: () => 'th' | 'en', ready: () => void) {
  const of = { params: { party }, query: range }
  const { state, load } = useLoaded(async signal => (await call(getStatementFile, of, { signal })).file)
  const { busy, problem, act } = useAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = POLL_MS

  const show = (value: StatementFile | null) => (state.value = { status: 'loaded', value })
  async function look(): Promise<void> {
    try {
      const { file } = await call(getStatementFile, of)
      if (stopped) return
      show(file)
      if (file?.state === 'ready') ready()
    } catch {
      // The connection may come back: the state is asked for again later.
      if (!stopped) later()
    }
  }
  let stopped = false
  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(look, wait)
    wait = Math.min(wait * SLOWER, SLOWEST_MS)
  }
  watch(state, now => now.status === 'loaded' && isMade(now.value) && later())
  onScopeDispose(() => {
    stopped = true
    clearTimeout(timer)
  })

  const ask = () =>
    act(async () => {
      wait = POLL_MS
      show(await call(askStatementFile, { params: { party }, body: { ...range, locale: locale() } }))
    })
  const take = () => act(async () => startDownload((await call(linkStatementFile, of)).url))
  return { state, load, busy, problem, ask, take }
}
