import {
  askStatementFile,
  getStatementFile,
  linkStatementFile,
  type StatementFile,
} from '@pix/contracts/statement-files.ts'
import { watch } from 'vue'
import { call } from '../../base/api.ts'
import { startDownload } from '../../base/save-file.ts'
import { useAction } from '../../base/use-action.ts'
import { usePolled } from '../../base/use-polled.ts'
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
  let wait = POLL_MS
  function pause(file: StatementFile | null): number | undefined {
    if (!isMade(file)) return undefined
    const now = wait
    wait = Math.min(wait * SLOWER, SLOWEST_MS)
    return now
  }
  const { state, load, show } = usePolled(async signal => (await call(getStatementFile, of, { signal })).file, pause)
  watch(state, (now, before) => {
    const wasMade = before.status === 'loaded' && isMade(before.value)
    if (wasMade && now.status === 'loaded' && now.value?.state === 'ready') ready()
  })
  const { busy, problem, act } = useAction()

  const ask = () =>
    act(async () => {
      const file = await call(askStatementFile, { params: { party }, body: { ...range, locale: locale() } })
      wait = POLL_MS
      show(file)
    })
  const take = () => act(async () => startDownload((await call(linkStatementFile, of)).url))
  return { state, load, busy, problem, ask, take }
}
