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
 * Whether the face models are loaded without being asked for: only where nobody pays by the megabyte and nobody waits.
 * Safari and Firefox don't say what the line is, and an iPhone in a stadium is most often on its owner's data plan: there
 * they are offered, never taken.
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
