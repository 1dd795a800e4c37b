import { pickMatches } from '@pix/contracts/faces.ts'
import { onScopeDispose } from 'vue'
import { call } from '../../../base/api.ts'

/** Ticks that follow each other go together. */
const SETTLED_MS = 400
/** The api takes so many at once. */
const MOST = 500

/**
 * Tells the api what was ticked and unticked, so that it is so when the search is opened again. What it did not take goes
 * with the next: that a tick is not remembered is nothing that somebody has to do something about.
 */
export function useRememberedPicks(searchId: string): (photoIds: readonly string[], picked: boolean) => void {
  const changed = new Map<string, boolean>()
  let settling: ReturnType<typeof setTimeout> | undefined

  let sending: Promise<void> = Promise.resolve()

  /** One after the other: what is sent later is what counts. */
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
