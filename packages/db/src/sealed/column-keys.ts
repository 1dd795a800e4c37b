import { createSecretKey, type KeyObject } from 'node:crypto'

const KEY_BYTES = 32
const KEY_ID = /^[a-z0-9][a-z0-9-]{0,31}$/
const BASE64 = /^[A-Za-z0-9+/]{43}=$/

/** The keys of sealed columns: the present one seals, all of them open. */
export interface ColumnKeys {
  present: string
  byId: ReadonlyMap<string, KeyObject>
}

/**
 * Reads `COLUMN_KEYS`: `id:base64,id:base64`, the present key first, 32 random bytes each.
 *
 * @throws Error that says which part is wrong, without a key's bytes
 */
export function parseColumnKeys(text: string): ColumnKeys {
  const byId = new Map<string, KeyObject>()
  for (const [index, part] of text.split(',').entries()) {
    const [id = '', encoded = '', ...more] = part.trim().split(':')
    if (!KEY_ID.test(id) || more.length > 0) throw new Error(`key ${index + 1} must be written as id:base64`)
    if (!BASE64.test(encoded)) throw new Error(`key "${id}" must be ${KEY_BYTES} bytes in base64`)
    if (byId.has(id)) throw new Error(`key "${id}" stands there twice`)
    byId.set(id, createSecretKey(Buffer.from(encoded, 'base64')))
  }
  return { present: byId.keys().next().value!, byId }
}

/** Why keys will not do in production; null for good ones. */
export function weaknessOfColumnKeys({ byId }: ColumnKeys): string | null {
  for (const [id, key] of byId) {
    if (/^(dev|demo|test|example|change)/.test(id)) return `key "${id}" is a development key; make a random one`
    if (new Set(key.export()).size < KEY_BYTES / 2) return `key "${id}" repeats itself; make a random one`
  }
  return null
}
