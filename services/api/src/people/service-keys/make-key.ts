import { randomBytes } from 'node:crypto'
import type { makeServiceKey as contract } from '@pix/contracts/service-keys.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../accounts/index.ts'
import { manageKeys } from './manage-keys.ts'
import { toServiceKey } from './list-keys.ts'

const DAY_MS = 86_400_000

/**
 * Makes a service key. Only its SHA-256 is kept: the answer is the one place where it can be read.
 *
 * @throws Problem `not_found`, `wrong_password` or `account_locked`
 */
export async function makeServiceKey(
  ctx: CallerContext,
  { studioId, name, scopes, days, password }: z.output<typeof contract.schema.body>,
  browser: ShownBrowser,
): Promise<z.output<(typeof contract.schema.response)[201]>> {
  const maker = await confirmPasswordIfAny(ctx, password, browser)
  const key = `pixkey_${randomBytes(32).toString('base64url')}`
  const createdAt = ctx.now()
  const expiresAt = new Date(createdAt.getTime() + days * DAY_MS)
  return manageKeys(ctx, studioId, async manager => {
    const id = ctx.newId()
    const values = { id, studioId, name, tokenHash: hashToken(key), scopes, createdBy: maker.id, createdAt, expiresAt }
    const [made] = await manager.db.insert(serviceKeys).values(values).returning()
    const after = { name, scopes, expiresAt: expiresAt.toISOString() }
    await recordAudit(manager, 'service_key.create', `service_key:${id}`, { after })
    return { ...toServiceKey({ ...made!, madeBy: maker.name }), key }
  })
}
