import { reviewPhotos, type ReviewPhoto } from '@pix/contracts/photo-review.ts'
import type { Output } from '@pix/contracts/client.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { inCaptureOrder } from './in-capture-order.ts'

type Answer = Output<typeof reviewPhotos>
type Photos = ReadonlyMap<string, ReviewPhoto>

const POLL_MS = 4_000

/** Every photo of one event that can be decided about, by id in the order taken; what changes comes by itself. */
export function useReview(eventId: string) {
  const photos = shallowRef<Photos>(new Map())
  const photographers = shallowRef<Answer['photographers']>([])
  const coming = shallowRef(0)
  let since: string | undefined
  /**
   * Counts the changes that are under way here, and those that are done: an answer that was asked for before the end of
   * a change may not know of it.
   */
  const work = { underWay: 0, done: 0 }
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  async function ask(signal: AbortSignal): Promise<{ answer: Answer; isWhole: boolean }> {
    const query = since === undefined ? {} : { since }
    const answer = await call(reviewPhotos, { params: { id: eventId }, query }, { signal })
    return { answer, isWhole: query.since === undefined }
  }

  const { state, load } = useLoaded(async signal => {
    since = undefined
    const asked = await ask(signal)
    if (!signal.aborted) take(asked)
  })
  const status = computed(() => state.value.status)
  const fault = computed(() => (state.value.status === 'failed' ? state.value.message : undefined))

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
  async function look(): Promise<void> {
    const before = work.done
    const asked = await ask(gone.signal).catch(() => undefined)
    if (!asked || work.underWay > 0 || work.done !== before) return
    take(asked)
    if (since === undefined && !asked.isWhole) await look()
  }
  let looking = false
  /** A look that is answered slowly holds up the next: the older answer of two could come last. */
  async function lookAgain(): Promise<void> {
    if (looking || state.value.status !== 'loaded' || document.visibilityState !== 'visible') return
    looking = true
    await look().finally(() => (looking = false))
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

  return { photos, photographers, coming, status, fault, load, during, mark }
}
