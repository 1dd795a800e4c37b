import { STUDIO_ROLES, type StudioRole } from './words.ts'

/**
 * The standing of somebody signed in, anywhere in the installation. It says which routes to try; each use case asks
 * again for the row that it is about.
 */
export interface Standing {
  /** Above all studios. */
  isPlatformAdmin: boolean
  memberships: readonly { role: StudioRole }[]
  /** Invited to an event. */
  isPhotographer: boolean
  /** Runs events, and gets a share of their sales. */
  isOrganizer: boolean
}

/** What a route may ask of somebody signed in. */
export type NeededStanding = 'user' | 'photographer' | 'organizer' | 'sales' | 'manager' | 'owner' | 'platform_admin'

/** The roles of a studio that count as the one asked for (spec/25). */
const ROLES_FOR: Record<Exclude<NeededStanding, 'user' | 'platform_admin'>, readonly StudioRole[]> = {
  photographer: ['photographer', 'manager', 'owner'],
  organizer: ['manager', 'owner'],
  sales: ['sales', 'manager', 'owner'],
  manager: ['manager', 'owner'],
  owner: ['owner'],
}

/** Whether somebody has a standing at least somewhere. A platform admin has every one. */
export function hasStanding(who: Standing, needed: NeededStanding): boolean {
  if (needed === 'user' || who.isPlatformAdmin) return true
  if (needed === 'platform_admin') return false
  if (needed === 'photographer' && who.isPhotographer) return true
  if (needed === 'organizer' && who.isOrganizer) return true
  return who.memberships.some(({ role }) => ROLES_FOR[needed].includes(role))
}

/**
 * The roles that somebody may give in a studio: an owner every one, a manager those below their own.
 *
 * @param own their role in it; `platform_admin` has every right
 */
export function rolesToGive(own: StudioRole | 'platform_admin'): readonly StudioRole[] {
  if (own === 'owner' || own === 'platform_admin') return STUDIO_ROLES
  return own === 'manager' ? ['sales', 'photographer'] : []
}
