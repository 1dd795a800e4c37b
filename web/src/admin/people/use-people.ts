import type { Output } from '@pix/contracts/client.ts'
import { groupPeople, listPeople, type Grouping, type Person } from '@pix/contracts/people.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'

const PAGE_SIZE = 60
const POLL_MS = 3_000

/** The people of one event, page by page; while they are being grouped it looks again by itself. */
export function usePeople(eventId: string) {
  const people = shallowRef<readonly Person[]>([])
  const grouping = shallowRef<Grouping>()
  const status = shallowRef<'loading' | 'loaded' | 'failed'>('loading')
  const fault = shallowRef<string>()
  const next = shallowRef<string | null>(null)
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  const read = (cursor?: string): Promise<Output<typeof listPeople>> =>
    call(listPeople, { params: { id: eventId }, query: { limit: PAGE_SIZE, cursor } }, { signal: gone.signal })

  async function load(): Promise<void> {
    status.value = 'loading'
    try {
      show(await read())
      status.value = 'loaded'
    } catch (error) {
      if (gone.signal.aborted) return
      fault.value = problemMessage(error)
      status.value = 'failed'
    }
  }

  function show(page: Output<typeof listPeople>): void {
    people.value = page.items
    grouping.value = page.grouping
    next.value = page.nextCursor
  }

  /** @throws ProblemError */
  async function loadMore(): Promise<void> {
    if (!next.value) return
    const page = await read(next.value)
    people.value = [...people.value, ...page.items]
    next.value = page.nextCursor
  }

  /** Has the faces grouped. @throws ProblemError */
  async function ask(): Promise<void> {
    grouping.value = await call(groupPeople, { body: { eventId } }, { signal: gone.signal })
  }

  /** The list is replaced only when it is another: the reader keeps their place. */
  async function lookAgain(): Promise<void> {
    if (grouping.value?.state !== 'waiting' || document.visibilityState !== 'visible') return
    const page = await read().catch(() => undefined)
    if (!page) return
    if (page.grouping.groupedAt === grouping.value.groupedAt) grouping.value = page.grouping
    else show(page)
  }
  const timer = setInterval(() => void lookAgain(), POLL_MS)
  onScopeDispose(() => clearInterval(timer))

  void load()
  return { people, grouping, status, fault, next, load, loadMore, ask }
}
