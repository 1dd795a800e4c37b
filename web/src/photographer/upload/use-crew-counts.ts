import type { Output } from '@pix/contracts/client.ts'
import { listCrewPhotos, type CrewPhoto } from '@pix/contracts/photos.ts'
import { storedHashes } from 'thepixstock-upload/stored-hashes.ts'
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
  let asking = new AbortController()
  onScopeDispose(() => {
    gone.abort()
    asking.abort()
  })

  /** Asks now. The answer to an earlier question is dropped. */
  async function look() {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const input = { params: { id: eventId }, query: { limit: 100, state: 'failed' as const } }
    const page = await call(listCrewPhotos, input, { signal }).catch(() => undefined)
    if (!page || signal.aborted) return
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

/**
 * SHA-256 of every photo of the event that this person may see; null when the request failed. Then no file is skipped
 * before it is sent: the api finds duplicates by itself.
 */
export function knownHashes(eventId: string): () => Promise<ReadonlySet<string> | null> {
  const ask = storedHashes(call, eventId)
  return () => ask().catch(() => null)
}
