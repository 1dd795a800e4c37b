import type { ManagedStudio } from '@pix/contracts/studios.ts'
import type { NeededStanding } from '@pix/domain/standing.ts'
import { hasStanding } from '@pix/domain/standing.ts'

/**
 * Of the studios in whose console somebody works those that a page can be about: the ones in which they have the standing
 * that the page needs. A page that names no standing of a studio is about those that they manage.
 *
 * @param isAdmin a platform admin has every standing in each of them
 */
export function studiosFor(
  studios: readonly ManagedStudio[],
  needs: NeededStanding | undefined,
  isAdmin: boolean,
): readonly ManagedStudio[] {
  if (isAdmin) return studios
  const needed = needs === 'sales' || needs === 'owner' ? needs : 'manager'
  const has = ({ role }: ManagedStudio) =>
    role !== null &&
    hasStanding({ isPlatformAdmin: false, memberships: [{ role }], isPhotographer: false, isOrganizer: false }, needed)
  return studios.filter(has)
}
