import type { User } from '@pix/contracts/auth.ts'
import type { Standing } from '@pix/domain/standing.ts'

/** What the api says of a user, as the rule about standings reads it. */
export const standingOf = ({ role, ...user }: User): Standing => ({
  ...user,
  isPlatformAdmin: role === 'platform_admin',
})
