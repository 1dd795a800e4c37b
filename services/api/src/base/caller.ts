import type { Role } from '@pix/contracts/auth.ts'

/** Somebody signed in, as their access token says. */
export interface Caller {
  userId: string
  role: Role
}

/** Who owns a cart, a search or an order: a visitor's browser, and the user signed in there, if any. */
export interface Buyer {
  sessionId: string
  /** When the session began. */
  since: Date
  userId: string | null
}

/** Crew sees what is not public: an admin everything, a photographer what is theirs. */
export const isAdmin = (caller: Caller | null): boolean => caller?.role === 'admin'
