import type { ManagedStudio } from '@pix/contracts/studios.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../accounts/index.ts'
import { inStudio } from '../in-studio.ts'
import { changeStatus } from '../set-studio-status.ts'

/**
 * Closes a studio for its owner, who gives the password again. A trigger passes the status on to its events. May be
 * repeated.
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
  return inStudio(ctx, studioId, ['owner'], staff =>
    changeStatus(staff, studioId, 'closed', ({ status }) => {
      if (studioId === HOUSE_STUDIO || status === 'suspended') throw new Problem('illegal_state')
    }),
  )
}
