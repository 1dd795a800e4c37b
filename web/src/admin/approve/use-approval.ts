import { decidePhotos, type PhotoApproval } from '@pix/contracts/photos.ts'
import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { computed, shallowRef, watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { countChoices, fits, type ReviewFilter } from './review-filters.ts'
import { useReview } from './use-review.ts'

export type Decision = Exclude<PhotoApproval, 'pending'>
type Verdict = Pick<ReviewPhoto, 'approval' | 'rejectReason'>

/** The api takes at most so many photos in one request. */
const MOST_AT_ONCE = 5_000

/**
 * The photos of one event under a filter, and the decisions about them. A decided photo stays where it is until the filter
 * changes, so that `undo` can take the last decision back in place.
 */
export function useApproval(eventId: string, filter: Readonly<Ref<ReviewFilter>>) {
  const review = useReview(eventId)
  const { photos: all, status, mark, during } = review
  const ids = shallowRef<readonly string[]>([])
  const photos = computed(() => ids.value.flatMap(id => all.value.get(id) ?? []))
  const everyone = computed(() => [...all.value.values()])
  const counts = computed(() => countChoices(everyone.value, filter.value))
  const matching = () => everyone.value.filter(photo => fits(photo, filter.value)).map(({ id }) => id)

  // Both at once: places in `ids` are places in `photos`, at every instant.
  watch([filter, status], () => (ids.value = matching()), { flush: 'sync' })
  // Photos on the page keep their place, deleted ones leave it, and new ones come to the end.
  watch(
    all,
    () => {
      if (status.value !== 'loaded') return
      const kept = ids.value.filter(id => all.value.has(id))
      const shown = new Set(kept)
      const fresh = matching().filter(id => !shown.has(id))
      if (fresh.length > 0 || kept.length < ids.value.length) ids.value = [...kept, ...fresh]
    },
    { flush: 'sync' },
  )

  /** The verdicts before each decision, for undo: one entry for each. */
  const undoable = shallowRef<ReadonlyMap<string, Verdict>[]>([])

  /** Shows the decision at once; what the api did not change is put back. */
  async function change(wanted: readonly string[], { approval, rejectReason }: Verdict): Promise<string[]> {
    const before = verdictsOf(wanted)
    const put = (some: readonly string[], verdict: (id: string) => Verdict | undefined) =>
      mark(new Map(some.flatMap(id => [[id, verdict(id) ?? {}] as const])))
    put(wanted, () => ({ approval, rejectReason }))
    const changed: string[] = []
    try {
      for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) {
        const photoIds = wanted.slice(at, at + MOST_AT_ONCE)
        const reason = rejectReason === null ? {} : { reason: rejectReason }
        const body = { eventId, decision: approval, photoIds, ...reason }
        changed.push(...(await during(() => call(decidePhotos, { body }))).changed)
      }
      return changed
    } finally {
      const done = new Set(changed)
      put(
        wanted.filter(id => !done.has(id)),
        id => before.get(id),
      )
    }
  }

  function verdictsOf(some: readonly string[]): Map<string, Verdict> {
    return new Map(
      some.flatMap(id => {
        const photo = all.value.get(id)
        return photo ? [[id, { approval: photo.approval, rejectReason: photo.rejectReason }] as const] : []
      }),
    )
  }

  async function decide(wanted: readonly string[], decision: Decision, reason?: string): Promise<string[]> {
    const before = verdictsOf(wanted)
    const changed = await change(wanted, { approval: decision, rejectReason: reason ?? null })
    const done = new Set(changed)
    const kept = new Map([...before].filter(([id]) => done.has(id)))
    if (kept.size > 0) undoable.value = [...undoable.value, kept]
    return changed
  }

  /** Takes the last decision back. @returns how many photos changed */
  async function undo(): Promise<number> {
    const last = undoable.value.at(-1)
    if (!last) return 0
    undoable.value = undoable.value.slice(0, -1)
    const verdicts = new Map<string, { verdict: Verdict; some: string[] }>()
    for (const [id, verdict] of last) {
      const key = `${verdict.approval} ${verdict.rejectReason}`
      const alike = verdicts.get(key) ?? { verdict, some: [] }
      alike.some.push(id)
      verdicts.set(key, alike)
    }
    let count = 0
    for (const { verdict, some } of verdicts.values()) count += (await change(some, verdict)).length
    return count
  }

  /** Approves all photos that the filter shows and that still wait or were refused. */
  const approveMatching = async (): Promise<number> => (await decide(matching(), 'approved')).length

  return { ...review, all: everyone, matching, ids, photos, counts, undoable, decide, undo, approveMatching }
}
