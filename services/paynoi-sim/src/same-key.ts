import { timingSafeEqual } from 'node:crypto'

/** Whether a caller's key is ours, compared in constant time. */
export function sameKey(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
