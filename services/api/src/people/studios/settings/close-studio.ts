import type { ManagedStudio } from '@pix/contracts/studios.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { notFound, Problem } from '../../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../accounts/index.ts'
import { inStudio } from '../in-studio.ts'
import { toManaged } from '../list-studios.ts'

/**
 * Closes a studio for its owner, who gives the password again. The database tells its events. May be repeated.
 *
 * @throws Problem `not_found` unless the caller owns the studio, `wrong_password` or `account_locked`, and `illegal_state`
 *   for the platform's own studio and for a suspended one: the platform decides about those
 */
export async function closeStudio(
  ctx: CallerContext,
  studioId: string,
  password: string | undefined,
  browser: ShownBrowser,
): Promise<ManagedStudio> {
  await confirmPasswordIfAny(ctx, password, browser)
  return inStudio(ctx, studioId, ['owner'], async staff => {
    const isIt = eq(studios.id, studioId)
    const [before] = await staff.db.select().from(studios).where(isIt).for('update')
    if (!before) throw notFound()
    if (studioId === HOUSE_STUDIO || before.status === 'suspended') throw new Problem('illegal_state')
    if (before.status !== 'closed') {
      await staff.db.update(studios).set({ status: 'closed' }).where(isIt)
      const facts = { before: { status: before.status }, after: { status: 'closed' } }
      await recordAudit(staff, 'studio.status', `studio:${studioId}`, facts)
    }
    const own = ctx.caller.memberships.find(each => each.studioId === studioId)
    return toManaged({ ...before, status: 'closed' }, own?.role ?? null)
  })
}
