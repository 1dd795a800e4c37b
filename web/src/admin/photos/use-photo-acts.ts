import { ProblemError } from '@pix/contracts/client.ts'
import * as managed from '@pix/contracts/managed-photos.ts'
import type { ManagedPhoto, MoveRefusal } from '@pix/contracts/managed-photos.ts'
import { decidePhotos, type PhotoApproval, retryPhoto } from '@pix/contracts/photos.ts'
import { call, fetchAsUser } from '../../base/api.ts'
import { saveFile } from '../../base/save-file.ts'

/** Where a processed photo is by its decision. */
const PLACES = { approved: 'on_sale', pending: 'waiting', rejected: 'off_sale' } as const

/** May be taken off the shop, and be shown again. */
export const isHideable = ({ place }: ManagedPhoto): boolean => place === 'on_sale' || place === 'waiting'
/** May be put on sale. */
export const isShowable = ({ place, state }: ManagedPhoto): boolean =>
  state === 'processed' && (place === 'off_sale' || place === 'waiting')

/** Has its files still: may be moved, handed over and deleted. */
export const isThere = ({ place }: ManagedPhoto): boolean => place !== 'gone'

/** Could not be processed. */
export const isFailed = ({ place }: ManagedPhoto): boolean => place === 'failed'

/** What of a failed photo changes when it is tried again. */
const TRIED_AGAIN = { state: 'queued', failure: null, place: 'processing' } as const
/** Somebody else has tried the photo again, or it is gone. */
const NOT_FAILED = ['illegal_state', 'not_found']

/** The list that the acts change where it is shown. */
interface Shown {
  change: (ids: readonly string[], to: Partial<ManagedPhoto>) => void
  remove: (ids: readonly string[]) => void
  /** Where it showed what the api does not have: it is not as it is shown. */
  reload: () => unknown
}

/** What staff do with photos of an event. Many are sent in pieces; what a piece has done is shown before the next begins. */
export function usePhotoActs(eventId: string, shown: Shown) {
  async function decide(
    photoIds: readonly string[],
    decision: PhotoApproval,
    reason: string | null,
  ): Promise<readonly string[]> {
    const body = { eventId, decision, photoIds: [...photoIds], ...(reason !== null && { reason }) }
    const { changed } = await call(decidePhotos, { body })
    shown.change(changed, { approval: decision, rejectReason: reason, place: PLACES[decision] })
    return changed
  }

  /** @returns how many changed, and what takes it back */
  async function settle(photos: readonly ManagedPhoto[], decision: PhotoApproval, reason: string | null) {
    const changed = new Set(await decide(idsOf(photos), decision, reason))
    const before = photos.filter(({ id }) => changed.has(id))
    const undo = async () => {
      for (const alike of groupByDecision(before)) {
        const { approval, rejectReason } = alike[0]!
        await decide(idsOf(alike), approval, rejectReason)
      }
    }
    return { count: changed.size, undo }
  }

  return {
    hide: (photos: readonly ManagedPhoto[], reason: string) => settle(photos.filter(isHideable), 'rejected', reason),
    show: (photos: readonly ManagedPhoto[]) => settle(photos.filter(isShowable), 'approved', null),

    /** @returns how many are processed again, and how many had not failed any more */
    async retry(photos: readonly ManagedPhoto[]) {
      let [queued, missing] = [0, 0]
      try {
        for (const { id } of photos.filter(isFailed)) {
          if (await retryOne(id)) {
            shown.change([id], TRIED_AGAIN)
            queued += 1
          } else missing += 1
        }
      } finally {
        if (missing > 0) void shown.reload()
      }
      return { queued, missing }
    },

    /** Every failed photo of the event, also those that are not shown: the list is read again. @returns how many */
    async retryAll(): Promise<number> {
      const { queued } = await call(managed.retryFailedPhotos, { params: { id: eventId } })
      void shown.reload()
      return queued
    },

    async remove(photos: readonly ManagedPhoto[]) {
      let [deleted, offSale, missing] = [0, 0, 0]
      try {
        for (const photoIds of pieces(idsOf(photos.filter(isThere)))) {
          const answer = await call(managed.deletePhotos, { body: { photoIds } })
          shown.remove(answer.deleted)
          shown.change(answer.offSale, { approval: 'rejected', rejectReason: null, place: 'gone' })
          deleted += answer.deleted.length
          offSale += answer.offSale.length
          missing += answer.missing.length
        }
      } finally {
        if (missing > 0) void shown.reload()
      }
      return { deleted, offSale, missing }
    },

    async move(photos: readonly ManagedPhoto[], to: string) {
      let moved = 0
      const left = new Map<MoveRefusal, number>()
      try {
        for (const photoIds of pieces(idsOf(photos.filter(isThere)))) {
          const answer = await call(managed.movePhotos, { body: { eventId: to, photoIds } })
          shown.remove(answer.moved.map(({ id }) => id))
          moved += answer.moved.length
          for (const { why } of answer.left) left.set(why, (left.get(why) ?? 0) + 1)
        }
      } finally {
        if (left.has('missing')) void shown.reload()
      }
      return { moved, left }
    },

    /**
     * One after the other, so that a browser holds one original in memory.
     *
     * @returns how many could not be saved
     */
    async save(photos: readonly ManagedPhoto[]): Promise<number> {
      let failed = 0
      for (const photo of photos.filter(isThere)) await saveOriginal(photo).catch(() => (failed += 1))
      return failed
    },
  }
}

/** @returns false where the photo has not failed any more */
async function retryOne(id: string): Promise<boolean> {
  try {
    await call(retryPhoto, { params: { id } })
    return true
  } catch (error) {
    if (error instanceof ProblemError && NOT_FAILED.includes(error.code)) return false
    throw error
  }
}

async function saveOriginal({ id, fileName }: ManagedPhoto): Promise<void> {
  const answer = await fetchAsUser(`/api/photos/${id}/file?save=yes`, new AbortController().signal)
  if (!answer.ok) throw new Error(`the original answered ${answer.status}`)
  const blob = await answer.blob()
  saveFile(fileName, blob, blob.type)
}

const idsOf = (photos: readonly ManagedPhoto[]) => photos.map(({ id }) => id)

function groupByDecision(photos: readonly ManagedPhoto[]): ManagedPhoto[][] {
  const groups = new Map<string, ManagedPhoto[]>()
  for (const photo of photos) {
    const key = `${photo.approval} ${photo.rejectReason}`
    groups.set(key, [...(groups.get(key) ?? []), photo])
  }
  return [...groups.values()]
}

function pieces(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / managed.PHOTOS_AT_ONCE)
  return Array.from({ length: count }, (_, at) =>
    ids.slice(at * managed.PHOTOS_AT_ONCE, (at + 1) * managed.PHOTOS_AT_ONCE),
  )
}
