/** What Chromium's browsers say about the connection (Network Information API). */
export interface Line {
  effectiveType?: string
  /** Mb/s, at most 10. */
  downlink?: number
  saveData?: boolean
  /** Only phones say it. */
  type?: string
}

/**
 * Below this 8 MB take over a minute. Not higher, since Chromium says 1.4 or so of any line until it has measured it;
 * who waits can send the picture instead.
 */
const FAST_MBPS = 1
/** GB. The models take some 400 MB while they work; smaller phones would close the page. */
const ENOUGH_MEMORY = 4

/**
 * Whether the face models are loaded without a question: only on a fast connection that is not paid by the megabyte.
 * Safari and Firefox do not report the connection, and an iPhone in a stadium mostly uses mobile data: there the page
 * offers the models and does not load them by itself.
 */
export function loadsByItself({
  cached,
  line,
  memory,
}: {
  cached: boolean
  line: Line | undefined
  memory: number | undefined
}): boolean {
  if (memory !== undefined && memory < ENOUGH_MEMORY) return false
  if (cached) return true
  if (!line || line.saveData || line.type === 'cellular') return false
  return line.effectiveType === '4g' && (line.downlink ?? 0) >= FAST_MBPS
}
