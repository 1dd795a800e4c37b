import { groupPeople, listPeople, type Grouping, type Person } from '@pix/contracts/people.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'

const PAGE_SIZE = 60
const POLL_MS = 3_000

/** The people of one event, page by page; while they are being grouped it looks again by itself. */
export function usePeople(eventId: string) {
  const grouping = shallowRef<Grouping>()
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  const read = (cursor: string | undefined, signal: AbortSignal) =>
    call(listPeople, { params: { id: eventId }, query: { limit: PAGE_SIZE, cursor } }, { signal })

  const pages = usePages<Person>(async (cursor, signal) => {
    const page = await read(cursor, signal)
    if (cursor === undefined) grouping.value = page.grouping
    return page
  })

  /** Has the faces grouped. @throws ProblemError */
  async function ask(): Promise<void> {
    grouping.value = await call(groupPeople, { body: { eventId } }, { signal: gone.signal })
  }

  /** The list is replaced only when it is another: the reader keeps their place. */
  async function lookAgain(): Promise<void> {
    const before = grouping.value
    if (before?.state !== 'waiting' || document.visibilityState !== 'visible') return
    const page = await read(undefined, gone.signal).catch(() => undefined)
    // Otherwise what is shown is newer than the answer.
    if (!page || grouping.value !== before) return
    if (page.grouping.groupedAt === before.groupedAt) grouping.value = page.grouping
    else await pages.refresh()
  }
  const timer = setInterval(() => void lookAgain(), POLL_MS)
  onScopeDispose(() => clearInterval(timer))

  return { pages, grouping, ask }
}
