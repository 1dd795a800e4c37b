import type { Output } from '@pix/contracts/client.ts'
import { listCrewPhotos, type CrewPhoto } from '@pix/contracts/photos.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'

export type CrewCounts = Output<typeof listCrewPhotos>['counts']
export type UploadLimits = Output<typeof listCrewPhotos>['limits']

const POLL_MS = 4_000

/** How far the event's photos are behind the upload: processing, waiting for approval, and those that failed there. */
export function useCrewCounts(eventId: string) {
  const counts = shallowRef<CrewCounts>()
  const limits = shallowRef<UploadLimits>()
  const failed = shallowRef<CrewPhoto[]>([])
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  async function look() {
    const input = { params: { id: eventId }, query: { limit: 100, state: 'failed' as const } }
    const page = await call(listCrewPhotos, input, { signal: gone.signal }).catch(() => undefined)
    if (!page) return
    counts.value = page.counts
    limits.value = page.limits
    failed.value = page.items
  }

  async function watch() {
    while (!gone.signal.aborted) {
      if (document.visibilityState === 'visible') await look()
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
    }
  }
  void watch()

  return { counts, limits, failed, look }
}

/** Asked page by page. */
async function storedHashes(eventId: string): Promise<ReadonlySet<string> | null> {
  const hashes = new Set<string>()
  let cursor: string | undefined
  do {
    const query = { limit: 100, cursor }
    const page = await call(listCrewPhotos, { params: { id: eventId }, query }).catch(() => null)
    // Without the list nothing is skipped early: the api still knows its duplicates.
    if (!page) return null
    for (const photo of page.items) hashes.add(photo.sha256)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return hashes
}

/** SHA-256 of every photo of the event that this person may see, asked for once; null where nobody could say. */
export function knownHashes(eventId: string): () => Promise<ReadonlySet<string> | null> {
  let asked: Promise<ReadonlySet<string> | null> | undefined
  return async () => {
    const hashes = await (asked ??= storedHashes(eventId))
    if (!hashes) asked = undefined
    return hashes
  }
}
