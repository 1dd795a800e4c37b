import { ProblemError } from '@pix/contracts/client.ts'
import { giveLineBack, type InboxLine, listInbox, takeLine } from '@pix/contracts/inbox.ts'
import { shallowRef, watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { usePages } from '../../base/use-pages.ts'
import type { InboxFilters } from './filters.ts'
import { refreshOpenLines } from './open-lines.ts'

/** Refusals that say that the line is not as it is shown. */
const OUT_OF_DATE = ['taken_by_another', 'line_closed', 'not_found', 'illegal_state']

const keyOf = ({ kind, id }: InboxLine) => ({ params: { kind, id } })

/** What needs a person, and what is done about it. */
export function useInbox(filters: Readonly<Ref<InboxFilters>>) {
  const { state, load, refresh, further, more, change } = usePages<InboxLine>((cursor, signal) =>
    call(listInbox, { query: { ...filters.value, ...(cursor !== undefined && { cursor }) } }, { signal }),
  )
  watch(filters, load)

  /** The line that something is done about just now. */
  const busy = shallowRef<string>()
  const fault = shallowRef<string>()

  /** @param after the lines once it is done */
  async function act<T>(line: InboxLine, action: () => Promise<T>, after: (done: T) => InboxLine[]): Promise<boolean> {
    if (busy.value !== undefined) return false
    busy.value = line.id
    fault.value = undefined
    try {
      const done = await action()
      change(items => items.flatMap(each => (each.id === line.id ? after(done) : [each])))
      return true
    } catch (error) {
      fault.value = problemMessage(error)
      if (error instanceof ProblemError && OUT_OF_DATE.includes(error.code)) void refresh()
      return false
    } finally {
      busy.value = undefined
      void refreshOpenLines({ atOnce: true })
    }
  }

  const take = (line: InboxLine) =>
    act(
      line,
      () => call(takeLine, { ...keyOf(line), body: { from: line.taken?.by.id ?? null } }),
      taken => [{ ...line, taken }],
    )
  const giveBack = (line: InboxLine) =>
    act(
      line,
      () => call(giveLineBack, keyOf(line)),
      () => [{ ...line, taken: null }],
    )
  /** Does what closes a line. @returns whether it is closed */
  const close = (line: InboxLine, action: () => Promise<unknown>) => act(line, action, () => [])

  return { state, load, further, more, busy, fault, take, giveBack, close }
}
export type Inbox = ReturnType<typeof useInbox>
