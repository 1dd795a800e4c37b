import { Problem } from './problem.ts'

/** The opaque cursor of a page: the sort keys of its last row. */
export const encodeCursor = (keys: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url')

/**
 * @param shape one check per key
 * @throws Problem `invalid_request` for anything that we did not make
 */
export function decodeCursor<T>(cursor: string | undefined, read: (keys: unknown[]) => T | null): T | null {
  if (cursor === undefined) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const found = Array.isArray(keys) ? read(keys) : null
    if (found !== null) return found
  } catch {
    // not ours
  }
  throw new Problem('invalid_request', { errors: [{ path: 'querystring.cursor', message: 'is not a cursor' }] })
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** Milliseconds since 1970 of a date that PostgreSQL reads as we write it. */
export const isMs = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= FIRST_MS && Number(value) <= LAST_MS

/** A number of things, as a column of PostgreSQL holds it. */
export const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31
