import type { User } from '@pix/contracts/auth.ts'
import { hasStanding } from '@pix/domain/standing.ts'
import { standingOf } from './standing-of.ts'

/** Where somebody starts their day after signing in. */
export function landingOf(user: User): string {
  const standing = standingOf(user)
  if (hasStanding(standing, 'manager')) return '/admin'
  if (hasStanding(standing, 'sales')) return '/admin/orders'
  if (hasStanding(standing, 'photographer')) return '/photographer'
  return standing.isOrganizer ? '/organizer' : '/'
}
