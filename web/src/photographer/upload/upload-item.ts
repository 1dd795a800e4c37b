import type { ProblemError } from '@pix/contracts/client.ts'
import type { PickedFile } from './collect-files.ts'

/** Why a file is not stored: a refusal of the api, bytes that changed on the way, or a card that is out. */
export type Fault = ProblemError['code'] | 'changed' | 'unreadable'

/** Why nothing is sent for now, for reasons outside the files. All but `signed_out` pass by themselves. */
export type HoldCause = 'network' | 'unavailable' | 'rate_limited' | 'signed_out'

/** All lanes wait for the same cause to end. `retryAt`, ms since 1970: when one file is tried. */
export interface Hold {
  cause: HoldCause
  tries: number
  retryAt: number
}

export interface UploadItem extends PickedFile {
  id: number
  /** `failed` needs a person. A file whose fault passes by itself stays `waiting`. */
  status: 'waiting' | 'sending' | 'stored' | 'duplicate' | 'failed'
  /** Bytes on their way or stored. A file that waits goes on behind them. */
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
    const isThere = status === 'stored' || status === 'duplicate'
    const done = isThere ? file.size : status === 'failed' ? 0 : Math.min(sent, file.size)
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

/** `<sha256>  <path>` per stored file, as `sha256sum -c` reads it in the folder: that folder's name is left out where it is the only one. */
export function checksumsOf(items: readonly UploadItem[]): string {
  const stored = items.filter(({ status }) => status === 'stored' || status === 'duplicate')
  const roots = new Set(stored.map(({ path }) => (path.includes('/') ? path.split('/')[0] : '')))
  const nameOf = (path: string) => (roots.size === 1 && path.includes('/') ? path.slice(path.indexOf('/') + 1) : path)
  return stored
    .map(({ path, sha256 }) => ({ name: nameOf(path), sha256 }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('')
}

/** Bytes per second over the samples `[ms, bytes]`, oldest first; 0 while there are too few samples. */
export function speedOf(samples: readonly (readonly [at: number, bytes: number])[]): number {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last[0] - first[0] < 1_000) return 0
  return Math.max(0, ((last[1] - first[1]) / (last[0] - first[0])) * 1_000)
}
