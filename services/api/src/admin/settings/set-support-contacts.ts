import type { setSupportContacts as contract, SupportContacts } from '@pix/contracts/support.ts'
import { cleanEmail } from '@pix/contracts/email.ts'
import { supportContacts } from '@pix/db/schema/support-contacts.ts'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { readContacts } from '../../base/support-contacts.ts'

/**
 * Sets where people reach somebody. Without any contact there is no row, and the setting SUPPORT_CONTACT is shown again.
 *
 * @throws Problem `invalid_request` for hours alone
 */
export async function setSupportContacts(
  ctx: CallerContext,
  { email, lineId, phone, hours }: z.output<typeof contract.schema.body>,
): Promise<SupportContacts> {
  const reach = { email: email && cleanEmail(email), lineId, phone }
  const isReached = Object.values(reach).some(value => value !== null)
  if (hours !== null && !isReached) {
    const errors = [{ path: 'body.hours', message: 'need an address, a LINE id or a number beside them' }]
    throw new Problem('invalid_request', { errors })
  }
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const before = await readContacts(inTx)
    if (isReached) {
      const row = { ...reach, hoursTh: hours?.th ?? null, hoursEn: hours?.en ?? null, changedAt: ctx.now() }
      await tx.insert(supportContacts).values(row).onConflictDoUpdate({ target: supportContacts.onlyRow, set: row })
    } else await tx.delete(supportContacts)
    const after = await readContacts(inTx)
    if (!isDeepStrictEqual(before, after)) await recordAudit(inTx, 'support.change', 'platform', { before, after })
    return after
  })
}
