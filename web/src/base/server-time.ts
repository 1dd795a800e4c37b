/** What the server's clock is ahead of this device's, in ms: phones' clocks are wrong by minutes and days. */
let aheadMs = 0

/**
 * Learns the server's time from an answer that was made just now. An answer from a cache would be as old as its entry.
 */
export function learnServerTime(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(date) || !/\bno-store\b/.test(response.headers.get('cache-control') ?? '')) return
  // The header has whole seconds: on average half a second has passed since.
  const ahead = date + 500 - Date.now()
  // A clock that is nearly right is left alone, so that no countdown jumps by the duration of a request.
  if (Math.abs(ahead - aheadMs) > 2_000) aheadMs = Math.abs(ahead) > 2_000 ? ahead : 0
}

/** The server's time in ms. */
export const serverNow = (): number => Date.now() + aheadMs
