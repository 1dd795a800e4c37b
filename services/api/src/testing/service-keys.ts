import { randomBytes } from 'node:crypto'
import { hashToken } from '@pix/db/hash-token.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { SERVICE_KEY_SCOPES } from '@pix/domain/words.ts'
import type { TestApp } from './test-app.ts'

export const newKey = (): string => `pixkey_${randomBytes(32).toString('base64url')}`

type NewKey = Partial<typeof serviceKeys.$inferInsert> & { studioId: string | null; key?: string }

/** A key with every scope, good for a day. @returns its id */
export async function insertKey({ db, deps }: TestApp, { key = newKey(), ...more }: NewKey): Promise<string> {
  const [id, createdAt] = [deps.newId(), deps.now()]
  const expiresAt = new Date(createdAt.getTime() + 86_400_000)
  const base = { id, name: 'Machine', tokenHash: hashToken(key), scopes: [...SERVICE_KEY_SCOPES], createdAt, expiresAt }
  await db.insert(serviceKeys).values({ ...base, ...more })
  return id
}
