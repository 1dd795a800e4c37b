import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { getTableName } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Sealed } from '../schema/columns.ts'
import type { ColumnKeys } from './column-keys.ts'

/**
 * A sealed value: one byte of version, one byte of the key id's length, the key id, 12 bytes of IV, 16 bytes of tag, the
 * ciphertext. The database's domain `sealed` holds this form, and reads the key id out of it.
 */
const VERSION = 1
const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Table, column and row are authenticated with the value: copied to another place, it does not open. */
const placeOf = (column: PgColumn, rowId: string, header: Buffer): Buffer =>
  Buffer.concat([header, Buffer.from(JSON.stringify([getTableName(column.table), column.name, rowId]))])

/**
 * Encrypts a value for one row of one sealed column, with the present key.
 *
 * @param rowId the row's primary key
 */
export function seal(keys: ColumnKeys, column: PgColumn, rowId: string, text: string): Sealed {
  const id = Buffer.from(keys.present)
  const header = Buffer.concat([Buffer.from([VERSION, id.length]), id])
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, keys.byId.get(keys.present)!, iv)
  cipher.setAAD(placeOf(column, rowId, header))
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([header, iv, cipher.getAuthTag(), bytes]) as Sealed
}

/**
 * Decrypts what was sealed for this row of this column.
 *
 * @throws Error when its key is not among the keys, when it was changed, or when it was sealed for another place
 */
export function open(keys: ColumnKeys, column: PgColumn, rowId: string, sealed: Sealed): string {
  const headerBytes = 2 + (sealed[1] ?? 0)
  const id = sealed.toString('utf8', 2, headerBytes)
  const key = keys.byId.get(id)
  if (sealed[0] !== VERSION || !key) throw new Error(`there is no column key "${id}"`)
  const ivEnd = headerBytes + IV_BYTES
  const tagEnd = ivEnd + TAG_BYTES
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(headerBytes, ivEnd), { authTagLength: TAG_BYTES })
  decipher.setAAD(placeOf(column, rowId, sealed.subarray(0, headerBytes)))
  decipher.setAuthTag(sealed.subarray(ivEnd, tagEnd))
  return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]).toString('utf8')
}
