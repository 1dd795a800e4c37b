import type { ManagedStudio } from '@pix/contracts/studios.ts'
import type { NeededStanding } from '@pix/domain/standing.ts'
import { hasStanding } from '@pix/domain/standing.ts'

/**
 * The studios that a page of the console can be about: those in which the person has the standing that the page needs.
 * A page that names no standing is about the studios that the person manages.
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
