import type { Adjustment, postAdjustment as contract } from '@pix/contracts/adjustments.ts'
import { ledgerAdjustments } from '@pix/db/schema/payouts.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../../people/accounts/index.ts'
import { recordAdjustment } from '../../ledger/index.ts'
import { type Account, adjustableOf } from './accounts.ts'
import { selectAdjustments } from './list-adjustments.ts'

type Asked = z.output<typeof contract.schema.body>

const isSame = (a: Account, b: Account): boolean => a.kind === b.kind && a.ownerId === b.ownerId

/**
 * Corrects the books of a studio by hand: the first account is debited, the second credited. A payee may owe something
 * afterwards, as after a refund: their next sales pay it. The
 * transaction is no studio's, since it writes accounts of the platform.
 *
 * @throws Problem `not_found` for an account that is none of the studio's, `adjustment_made` where the studio has one with
 *   this reference, `invalid_request` for one account twice, `wrong_password`, `account_locked`
 */
export async function postAdjustment(
  ctx: CallerContext,
  { studioId, from, to, amount: { amount }, reference, reason, password }: Asked,
  browser: ShownBrowser,
): Promise<Adjustment> {
  if (isSame(from, to))
    throw new Problem('invalid_request', { errors: [{ path: 'body.to', message: 'is the same account' }] })
  await confirmPasswordIfAny(ctx, password, browser)
  return ctx.db.transaction(async db => {
    const staff = { ...ctx, db, studioId }
    if ((await db.$count(studios, eq(studios.id, studioId))) === 0) throw notFound()
    const offered = await adjustableOf(staff)
    if (![from, to].every(side => offered.some(one => isSame(one, side)))) throw notFound()
    const id = ctx.newId()
    const sides = { fromKind: from.kind, fromOwner: from.ownerId, toKind: to.kind, toOwner: to.ownerId }
    const made = { id, studioId, reference, reason, amount, ...sides }
    const [inserted] = await staff.db
      .insert(ledgerAdjustments)
      .values({ ...made, createdAt: ctx.now(), createdBy: ctx.caller.userId })
      .onConflictDoNothing({ target: [ledgerAdjustments.studioId, ledgerAdjustments.reference] })
      .returning({ id: ledgerAdjustments.id })
    if (!inserted) throw new Problem('adjustment_made')
    await recordAdjustment(ctx, staff.db, { id, from, to, amount, reference })
    await recordAudit(staff, 'adjustment.post', `adjustment:${id}`, { after: { reference, amount, ...sides }, reason })
    const [adjustment] = await selectAdjustments(staff.db, eq(ledgerAdjustments.id, id), 1)
    return adjustment!
  })
}
