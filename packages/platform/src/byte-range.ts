import type { ByteRange } from './storage.ts'

/**
 * Reads a `Range` header (RFC 9110 §14): one range of bytes. Several ranges or another unit are answered with the
 * whole object, as the RFC allows.
 * @param size bytes of the whole object
 */
export function parseRange(header: string | undefined, size: number): Required<ByteRange> | 'whole' | 'unsatisfiable' {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return 'whole'
  if (found[1] === '') {
    const last = Number(found[2])
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 }
  }
  const start = Number(found[1])
  const end = found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1)
  if (found[2] !== '' && Number(found[2]) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}
