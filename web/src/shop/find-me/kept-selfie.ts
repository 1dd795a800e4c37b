import type { Who } from './consent/use-agreement.ts'
import { forgetSelfie, type Selfie } from './engine/prepare-selfie.ts'

/** So long a sign-in may take. */
const KEPT_MS = 15 * 60_000

interface Kept {
  /** The slug of the event. */
  slug: string
  selfie: Selfie
  /** Whose consent was given for it. */
  who: Who
  timer: ReturnType<typeof setTimeout>
}

let kept: Kept | null = null

function drop(): void {
  if (!kept) return
  clearTimeout(kept.timer)
  forgetSelfie(kept.selfie)
  kept = null
}

/** Keeps a selfie in this page's memory while its person signs in. Nothing of it is stored. */
export function keepSelfie(slug: string, selfie: Selfie, who: Who): void {
  drop()
  kept = { slug, selfie, who, timer: setTimeout(drop, KEPT_MS) }
}

/** The selfie that was kept for this event, once; one of another event is forgotten. */
export function takeKeptSelfie(slug: string): Pick<Kept, 'selfie' | 'who'> | null {
  if (kept?.slug !== slug) {
    drop()
    return null
  }
  const { selfie, who, timer } = kept
  clearTimeout(timer)
  kept = null
  return { selfie, who }
}
