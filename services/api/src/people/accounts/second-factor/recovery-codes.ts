import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@pix/db/client.ts'
import { recoveryCodes } from '@pix/db/schema/second-factors.ts'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'

const CODES = 10
/** 80 bits each: nobody can guess that many, so a fast hash is enough. */
const CODE_BYTES = 10
/** Crockford's base32: it has no letter that looks like a figure. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const GROUP = /.{4}(?=.)/g

/** What a person may write otherwise: case, spaces, hyphens, and the letters that look like 0 and 1. */
const plain = (code: string): string =>
  code.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')

const hashOf = (code: string): string => createHash('sha256').update(plain(code)).digest('hex')

function newCode(): string {
  const bits = [...randomBytes(CODE_BYTES)].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const letters = bits.match(/.{5}/g)!.map(five => LETTERS[Number.parseInt(five, 2)])
  return letters.join('').replaceAll(GROUP, '$&-')
}

/** Makes ten new codes in place of the earlier ones. @returns them, to be shown once: only their hashes are stored */
export async function makeRecoveryCodes({ newId }: Context, tx: Queryable, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(codes.map(code => ({ id: newId(), userId, codeHash: hashOf(code) })))
  return codes
}

/** Uses a code up. @returns false when it is none of this account's, or was used */
export async function takeRecoveryCode(
  { now }: Context,
  tx: Queryable,
  userId: string,
  code: string,
): Promise<boolean> {
  const isThis = and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, hashOf(code)))
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now() })
    .where(and(isThis, isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id })
  return used.length === 1
}

/** How many codes are left. */
export async function countRecoveryCodes(db: Queryable, userId: string): Promise<number> {
  const [left] = await db
    .select({ count: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
  return left!.count
}
