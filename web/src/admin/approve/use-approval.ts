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

/** Photos by the verdict that they had: each can be given to all of its photos at once. */
function alike(before: ReadonlyMap<string, Verdict>): { verdict: Verdict; some: string[] }[] {
  const verdicts = new Map<string, { verdict: Verdict; some: string[] }>()
  for (const [id, verdict] of before) {
    const key = `${verdict.approval} ${verdict.rejectReason}`
    const those = verdicts.get(key) ?? { verdict, some: [] }
    those.some.push(id)
    verdicts.set(key, those)
  }
  return [...verdicts.values()]
}

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

  /**
   * Shows the decision at once; what the api did not change is put back.
   *
   * @param changed takes the photos of each request that was answered, so that they are known where a later one fails
   */
  async function change(
    wanted: readonly string[],
    { approval, rejectReason }: Verdict,
    changed: Set<string>,
  ): Promise<void> {
    const before = verdictsOf(wanted)
    const put = (some: readonly string[], verdict: (id: string) => Verdict | undefined) =>
      mark(new Map(some.flatMap(id => [[id, verdict(id) ?? {}] as const])))
    put(wanted, () => ({ approval, rejectReason }))
    try {
      for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) {
        const photoIds = wanted.slice(at, at + MOST_AT_ONCE)
        const reason = rejectReason === null ? {} : { reason: rejectReason }
        const body = { eventId, decision: approval, photoIds, ...reason }
        const answer = await during(() => call(decidePhotos, { body }))
        for (const id of answer.changed) changed.add(id)
      }
    } finally {
      put(
        wanted.filter(id => !changed.has(id)),
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
    const changed = new Set<string>()
    try {
      await change(wanted, { approval: decision, rejectReason: reason ?? null }, changed)
    } finally {
      const kept = new Map([...before].filter(([id]) => changed.has(id)))
      if (kept.size > 0) undoable.value = [...undoable.value, kept]
    }
    return [...changed]
  }

  /**
   * Takes the last decision back. Where that fails, what was not taken back stays the last decision.
   *
   * @returns how many photos changed
   */
  async function undo(): Promise<number> {
    const last = undoable.value.at(-1)
    if (!last) return 0
    const left = new Map(last)
    const changed = new Set<string>()
    try {
      for (const { verdict, some } of alike(last)) {
        await change(some, verdict, changed)
        for (const id of some) left.delete(id)
      }
    } finally {
      for (const id of changed) left.delete(id)
      undoable.value = undoable.value.map(entry => (entry === last ? left : entry)).filter(({ size }) => size > 0)
    }
    return changed.size
  }

  /** Approves all photos that the filter shows and that still wait or were refused. */
  const approveMatching = async (): Promise<number> => (await decide(matching(), 'approved')).length

  return { ...review, all: everyone, matching, ids, photos, counts, undoable, decide, undo, approveMatching }
}
