import type { ProblemError } from '@pix/contracts/client.ts'

/** Why a file is not stored: a refusal of the api, a raw file, bytes that changed on the way, or a card that is out. */
export type Fault = ProblemError['code'] | 'raw' | 'changed' | 'unreadable'

/** Why nothing is sent for now, though no file is at fault: all but a sign-in that ended pass by themselves. */
export type HoldCause = 'network' | 'unavailable' | 'rate_limited' | 'signed_out'

/** All lanes wait for the same thing. `retryAt`, ms since 1970: when one file tries for all. */
export interface Hold {
  cause: HoldCause
  tries: number
  retryAt: number
}

export interface UploadItem {
  id: number
  file: File
  /** `failed` is only what a person must see to; what passes by itself waits. */
  status: 'waiting' | 'sending' | 'stored' | 'duplicate' | 'failed'
  /** Bytes on their way. */
  sent: number
  tries: number
  fault?: Fault
  /** Trying again helps; without it the file must be changed first. */
  retryable?: boolean
  /** ms since 1970: it waits until then. */
  retryAt?: number
  sha256?: string
}

export interface Totals {
  files: number
  stored: number
  duplicate: number
  failed: number
  sending: number
  bytes: number
  /** Stored, known, or on the way; a failed file counts as not sent. */
  sentBytes: number
  /** Still to go by itself. */
  leftBytes: number
  failedBytes: number
}

/** The total card's numbers. */
export function totalsOf(items: readonly UploadItem[]): Totals {
  const totals: Totals = {
    files: items.length,
    stored: 0,
    duplicate: 0,
    failed: 0,
    sending: 0,
    bytes: 0,
    sentBytes: 0,
    leftBytes: 0,
    failedBytes: 0,
  }
  for (const { status, file, sent } of items) {
    totals.bytes += file.size
    if (status !== 'waiting') totals[status] += 1
    const done =
      status === 'stored' || status === 'duplicate' ? file.size : status === 'sending' ? Math.min(sent, file.size) : 0
    totals.sentBytes += done
    if (status === 'failed') totals.failedBytes += file.size
    if (status === 'waiting' || status === 'sending') totals.leftBytes += file.size - done
  }
  return totals
}

/** Seconds after which a failed try is repeated; then a person must ask for it. */
const BACKOFF_S = [2, 8, 40]

/** ms until the next try of a file that failed `tries` times, or undefined: no more by itself. */
export function backoff(tries: number, retryAfterS = 0): number | undefined {
  const seconds = BACKOFF_S[tries - 1]
  return seconds === undefined ? undefined : Math.max(seconds, retryAfterS) * 1_000
}

/** Seconds between tries while nothing can be sent; the last for as long as it takes. */
const HOLD_S = [2, 5, 10, 20, 30]

/** The hold after one more try that failed, never sooner than the api asks. @param now ms since 1970 */
export function holdAfter(before: Hold | null, cause: HoldCause, now: number, retryAfterS = 0): Hold {
  const tries = (before?.tries ?? 0) + 1
  if (cause === 'signed_out') return { cause, tries, retryAt: Infinity }
  const seconds = Math.max(HOLD_S[Math.min(tries, HOLD_S.length) - 1] ?? 0, retryAfterS)
  return { cause, tries, retryAt: now + seconds * 1_000 }
}

/** Bytes per second over the samples `[ms, bytes]`, oldest first; 0 while there are too few samples. */
export function speedOf(samples: readonly (readonly [at: number, bytes: number])[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last[0] - first[0] < 1_000) return 0
  return Math.max(0, ((last[1] - first[1]) / (last[0] - first[0])) * 1_000)
}
