import type { Role } from '@pix/contracts/auth.ts'

/** Where each role starts its day after signing in. */
const LANDINGS: Record<Role, string> = { customer: '/', organizer: '/', photographer: '/photographer', admin: '/admin' }

export const landingOf = (role: Role): string => LANDINGS[role]
