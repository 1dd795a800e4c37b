import type { NeededStanding } from '@pix/domain/standing.ts'
import { useSession } from '../base/session.store.ts'

/** Where two-factor sign-in is turned on. */
export const ENROL = '/account/two-factor'

interface Target {
  path: string
  fullPath: string
  meta: { needs?: NeededStanding }
}

/**
 * Where somebody goes instead who may not open a page: to the sign-in, and after the days of grace to turning the second
 * factor on. True lets them through.
 */
export async function redirectOf({ path, fullPath, meta: { needs } }: Target) {
  if (!needs) return true
  const session = useSession()
  await session.restore()
  if (!session.may(needs)) return { path: '/login', query: { next: fullPath } }
  return session.mustEnrol() && path !== ENROL ? ENROL : true
}
