import { reviewPhotos, type ReviewPhoto } from '@pix/contracts/photo-review.ts'
import type { Output } from '@pix/contracts/client.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { inCaptureOrder } from './in-capture-order.ts'

type Answer = Output<typeof reviewPhotos>
type Photos = ReadonlyMap<string, ReviewPhoto>

const POLL_MS = 4_000

/** Every photo of one event that can be decided about, by id in the order taken; what changes comes by itself. */
export function useReview(eventId: string) {
  const photos = shallowRef<Photos>(new Map())
  const photographers = shallowRef<Answer['photographers']>([])
  const coming = shallowRef(0)
  const status = shallowRef<'loading' | 'loaded' | 'failed'>('loading')
  const fault = shallowRef<string>()
  let since: string | undefined
  /**
   * Counts the changes that are under way here, and those that are done: an answer that was asked for before the end of
   * a change may not know of it.
   */
  const work = { underWay: 0, done: 0 }
  const current = new AbortController()
  onScopeDispose(() => current.abort())

  async function ask(): Promise<{ answer: Answer; isWhole: boolean }> {
    const query = since === undefined ? {} : { since }
    const answer = await call(reviewPhotos, { params: { id: eventId }, query }, { signal: current.signal })
    return { answer, isWhole: query.since === undefined }
  }

  async function load(): Promise<void> {
    status.value = 'loading'
    since = undefined
    try {
      take(await ask())
      status.value = 'loaded'
    } catch (error) {
      if (current.signal.aborted) return
      fault.value = problemMessage(error)
      status.value = 'failed'
    }
  }

  function take({ answer, isWhole }: Awaited<ReturnType<typeof ask>>) {
    const merged = isWhole ? new Map<string, ReviewPhoto>() : new Map(photos.value)
    const known = merged.size
    for (const photo of answer.photos) merged.set(photo.id, photo)
    photos.value =
      !isWhole && merged.size > known
        ? new Map(inCaptureOrder([...merged.values()]).map(photo => [photo.id, photo]))
        : merged
    const people = new Map([...photographers.value, ...answer.photographers].map(person => [person.id, person]))
    photographers.value = [...people.values()]
    coming.value = answer.coming
    // A different count means that a photo was deleted or taken down: the next request asks for all photos.
    since = merged.size === answer.total ? answer.at : undefined
  }

  /** New photos and colleagues' decisions appear by themselves while the reviewer watches. */
  async function lookAgain(): Promise<void> {
    if (status.value !== 'loaded' || document.visibilityState !== 'visible') return
    const before = work.done
    const asked = await ask().catch(() => undefined)
    if (!asked || work.underWay > 0 || work.done !== before || current.signal.aborted) return
    take(asked)
    if (since === undefined && !asked.isWhole) await lookAgain()
  }
  const timer = setInterval(() => void lookAgain(), POLL_MS)
  onScopeDispose(() => clearInterval(timer))

  /** Changes photos at once on the page. Answers that were asked for before do not undo the change. */
  async function during<T>(action: () => Promise<T>): Promise<T> {
    work.underWay += 1
    try {
      return await action()
    } finally {
      work.underWay -= 1
      work.done += 1
    }
  }

  /** Shows what was decided, before and after the api has answered. */
  function mark(changes: ReadonlyMap<string, Partial<ReviewPhoto>>) {
    if (changes.size === 0) return
    const marked = new Map(photos.value)
    for (const [id, change] of changes) {
      const photo = marked.get(id)
      if (photo) marked.set(id, { ...photo, ...change })
    }
    photos.value = marked
  }

  void load()
  return { photos, photographers, coming, status, fault, load, during, mark }
}
