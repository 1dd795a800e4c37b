import type { StudioRole } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { newId } from './ids.ts'
import { users } from './schema/auth.ts'
import { organizers } from './schema/events.ts'
import { studioMembers } from './schema/studios.ts'

export interface KnownUser {
  email: string
  name: string
  role: (typeof users.$inferInsert)['role']
  /** argon2id, as `/auth/login` verifies it. */
  passwordHash: string
}

/**
 * Makes a user who can sign in, for a machine that has no user yet; the address needs no letter. A user who exists
 * stays as they are.
 */
export async function ensureUser(db: Queryable, user: KnownUser): Promise<void> {
  await db
    .insert(users)
    .values({ id: newId(), emailVerifiedAt: new Date(), ...user })
    .onConflictDoNothing({ target: users.email })
}

/** The organizer that this user speaks for. @returns its id */
export async function ensureOrganizer(db: Queryable, email: string, name: string): Promise<string> {
  const [known] = await db
    .select({ userId: users.id, organizerId: organizers.id })
    .from(users)
    .leftJoin(organizers, eq(organizers.userId, users.id))
    .where(eq(users.email, email))
  if (!known) throw new Error(`there is no user ${email}`)
  if (known.organizerId) return known.organizerId
  const id = newId()
  await db.insert(organizers).values({ id, name, userId: known.userId })
  return id
}

/** Gives this user a place in a studio; one who has a place keeps it. */
export async function ensureMember(db: Queryable, studioId: string, email: string, role: StudioRole): Promise<void> {
  const [known] = await db.select({ userId: users.id }).from(users).where(eq(users.email, email))
  if (!known) throw new Error(`there is no user ${email}`)
  await db.insert(studioMembers).values({ studioId, userId: known.userId, role }).onConflictDoNothing()
}
