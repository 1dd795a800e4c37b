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
  /** What is being done to the photos here, and was: an answer that was asked for before its end may not know of it. */
  const work = { underWay: 0, done: 0 }
  const current = new AbortController()
  onScopeDispose(() => current.abort())

  const ask = () =>
    call(
      reviewPhotos,
      { params: { id: eventId }, query: since === undefined ? {} : { since } },
      { signal: current.signal },
    )

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

  function take(answer: Answer) {
    const merged = since === undefined ? new Map<string, ReviewPhoto>() : new Map(photos.value)
    const known = merged.size
    for (const id of answer.gone) merged.delete(id)
    for (const photo of answer.photos) merged.set(photo.id, photo)
    photos.value =
      since !== undefined && merged.size > known
        ? new Map(inCaptureOrder([...merged.values()]).map(photo => [photo.id, photo]))
        : merged
    photographers.value = answer.photographers
    coming.value = answer.coming
    since = answer.at
  }

  /** New photos and colleagues' decisions appear by themselves while the reviewer watches. */
  async function lookAgain(): Promise<void> {
    if (status.value !== 'loaded' || document.visibilityState !== 'visible') return
    const before = work.done
    const answer = await ask().catch(() => undefined)
    if (answer && work.underWay === 0 && work.done === before && !current.signal.aborted) take(answer)
  }
  const timer = setInterval(() => void lookAgain(), POLL_MS)
  onScopeDispose(() => clearInterval(timer))

  /** Does something to the photos: what is answered meanwhile does not take it back. */
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
