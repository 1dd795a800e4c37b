import type { Output } from '@pix/contracts/client.ts'
import { decidePhotos, listCrewPhotos, type CrewPhoto, type PhotoApproval } from '@pix/contracts/photos.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'

type Page = Output<typeof listCrewPhotos>
export type Decision = Exclude<PhotoApproval, 'pending'>

const PAGE_SIZE = 100
const POLL_MS = 4_000

/**
 * The photos of one event under one filter, page by page, and the decisions about them. A decided photo stays where it
 * is until the filter changes, so that `undo` can take the last decision back in place.
 */
export function useApproval(eventId: string) {
  const filter = shallowRef<PhotoApproval>('pending')
  const photos = shallowRef<CrewPhoto[]>([])
  const counts = shallowRef<Page['counts']>()
  const status = shallowRef<'loading' | 'loaded' | 'failed'>('loading')
  const fault = shallowRef<string>()
  const next = shallowRef<string | null>(null)
  /** Asks for the last page that is loaded; what came since is behind its photos. */
  let tail: string | undefined
  const undoable = shallowRef<string[][]>([])
  let current = new AbortController()
  onScopeDispose(() => current.abort())

  async function ask(cursor?: string): Promise<Page> {
    const query = { limit: PAGE_SIZE, cursor, state: 'processed' as const, approval: filter.value }
    return call(listCrewPhotos, { params: { id: eventId }, query }, { signal: current.signal })
  }

  /** Starts the filter from its first page. */
  async function load(approval: PhotoApproval = filter.value): Promise<void> {
    current.abort()
    current = new AbortController()
    const { signal } = current
    filter.value = approval
    status.value = 'loading'
    photos.value = []
    undoable.value = []
    tail = undefined
    try {
      const page = await ask()
      photos.value = page.items
      counts.value = page.counts
      next.value = page.nextCursor
      status.value = 'loaded'
    } catch (error) {
      if (signal.aborted) return
      fault.value = problemMessage(error)
      status.value = 'failed'
    }
  }

  let loadingMore = false
  async function loadMore(): Promise<void> {
    if (loadingMore || !next.value || status.value !== 'loaded') return
    loadingMore = true
    try {
      const cursor = next.value
      append(await ask(cursor))
      tail = cursor
    } catch {
      // The end of the list stays in view and asks again when it is scrolled to.
    } finally {
      loadingMore = false
    }
  }

  /** New photos appear by themselves while the reviewer watches; what is on the page keeps its place. */
  async function lookAgain(): Promise<void> {
    if (status.value !== 'loaded' || document.visibilityState !== 'visible') return
    const whole = next.value === null
    const before = decisions.answered
    const { signal } = current
    const page = await ask(tail).catch(() => undefined)
    if (!page || signal.aborted || status.value !== 'loaded') return
    // Otherwise it is unknown whether the count has the decision in it.
    if (decisions.underWay === 0 && decisions.answered === before) counts.value = page.counts
    if (!whole || next.value !== null) return
    append(page)
    // More than one page came: the next is fetched at once, since the end of the list may be in view already.
    if (page.nextCursor !== null) await loadMore()
  }

  /** What is on the page keeps its place; only what is not there yet is added. */
  function append(page: Page) {
    const known = new Set(photos.value.map(photo => photo.id))
    const fresh = page.items.filter(photo => !known.has(photo.id))
    if (fresh.length > 0) photos.value = [...photos.value, ...fresh]
    next.value = page.nextCursor
  }
  const timer = setInterval(() => void lookAgain(), POLL_MS)
  onScopeDispose(() => clearInterval(timer))

  const decisions = { underWay: 0, answered: 0 }
  /** Shows the decision at once; what the api did not change is put back. */
  async function decide(ids: readonly string[], decision: PhotoApproval, reason?: string): Promise<string[]> {
    const before = new Map(photos.value.map(photo => [photo.id, photo.approval]))
    mark(new Set(ids), () => decision)
    decisions.underWay += 1
    try {
      const body = { eventId, decision, photoIds: [...ids], ...(reason ? { reason } : {}) }
      const { changed } = await call(decidePhotos, { body })
      const kept = new Set(changed)
      mark(new Set(ids.filter(id => !kept.has(id))), photo => before.get(photo.id) ?? photo.approval)
      recount(before, changed, decision)
      if (decision !== filter.value) undoable.value = [...undoable.value, changed]
      return changed
    } catch (error) {
      mark(new Set(ids), photo => before.get(photo.id) ?? photo.approval)
      throw error
    } finally {
      decisions.underWay -= 1
      decisions.answered += 1
    }
  }

  /** Takes the last decision back to what the filter shows; answers with how many photos changed. */
  async function undo(): Promise<number> {
    const last = undoable.value.at(-1)
    if (!last || last.length === 0) return 0
    undoable.value = undoable.value.slice(0, -1)
    return (await decide(last, filter.value)).length
  }

  /** Approves all that waits in the event, loaded or not. */
  async function approveAll(): Promise<number> {
    const { changed } = await call(decidePhotos, { body: { eventId, decision: 'approved', photoIds: 'all_pending' } })
    await load('pending')
    return changed.length
  }

  function mark(ids: ReadonlySet<string>, approval: (photo: CrewPhoto) => PhotoApproval) {
    if (ids.size === 0) return
    photos.value = photos.value.map(photo => (ids.has(photo.id) ? { ...photo, approval: approval(photo) } : photo))
  }
  function recount(before: ReadonlyMap<string, PhotoApproval>, changed: readonly string[], decision: PhotoApproval) {
    if (!counts.value) return
    const after = { ...counts.value }
    for (const id of changed) {
      after[before.get(id) ?? filter.value] -= 1
      after[decision] += 1
    }
    counts.value = after
  }

  void load()
  return { filter, photos, counts, status, fault, next, undoable, load, loadMore, decide, undo, approveAll }
}
