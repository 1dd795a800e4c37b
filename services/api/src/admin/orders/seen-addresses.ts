import type { Caller } from '../../base/caller.ts'
import { MANAGERS } from '../../people/studios/index.ts'
import { maskEmail } from '../../shop/orders/index.ts'

/** Whether the caller may see the addresses of a studio's buyers: who manages it may, who only helps its customers may not. */
export const seesAddresses = ({ isPlatformAdmin, memberships }: Caller, studioId: string | null): boolean =>
  isPlatformAdmin ||
  memberships.some(place => place.studioId === studioId && MANAGERS.some(role => role === place.role))

/** An address as the caller may see it. */
export const shownTo = (caller: Caller, { studioId, email }: { studioId: string; email: string }): string =>
  seesAddresses(caller, studioId) ? email : maskEmail(email)
