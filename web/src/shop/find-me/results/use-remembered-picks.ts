import { pickMatches } from '@pix/contracts/faces.ts'
import { onScopeDispose } from 'vue'
import { call } from '../../../base/api.ts'

/** Ticks that follow each other within this time are sent together. */
const SETTLED_MS = 400
/** The api takes at most so many at once. */
const MOST = 500

/**
 * Sends ticks to the api, so that a search that is opened again has the same photos ticked. Ticks that could not be sent
 * go with the next ones. No error is shown: the person need not act on a lost tick.
 */
export function useRememberedPicks(searchId: string): (photoIds: readonly string[], picked: boolean) => void {
  const changed = new Map<string, boolean>()
  let settling: ReturnType<typeof setTimeout> | undefined

  let sending: Promise<void> = Promise.resolve()

  /** Requests go one after the other, so that the last tick of a photo wins. */
  function send() {
    clearTimeout(settling)
    sending = sending.then(sendChanged)
  }

  async function sendChanged(): Promise<void> {
    const picks = [...changed].slice(0, MOST).map(([photoId, picked]) => ({ photoId, picked }))
    if (picks.length === 0) return
    for (const { photoId } of picks) changed.delete(photoId)
    try {
      await call(pickMatches, { params: { id: searchId }, body: { picks } })
    } catch {
      for (const { photoId, picked } of picks) if (!changed.has(photoId)) changed.set(photoId, picked)
      return
    }
    await sendChanged()
  }

  const leaving = () => {
    if (document.visibilityState === 'hidden') send()
  }
  document.addEventListener('visibilitychange', leaving)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', leaving)
    send()
  })

  return (photoIds, picked) => {
    for (const id of photoIds) changed.set(id, picked)
    clearTimeout(settling)
    settling = setTimeout(send, SETTLED_MS)
  }
}
