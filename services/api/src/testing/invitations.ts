import { randomBytes } from 'node:crypto'
import { hashToken } from '@pix/db/hash-token.ts'
import { eventInvitations } from '@pix/db/schema/events.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import type { TestApp } from './test-app.ts'

interface NewInvitation {
  studioId: string
  email: string
  /** To the studio, unless an event is named. */
  role?: StudioRole
  event?: { id: string; as: 'photographer' | 'organizer'; trusted?: boolean }
  invitedBy?: string
}

/** An open invitation, and the token that its letter would bring. */
export async function insertInvitation(
  { db, deps }: Pick<TestApp, 'db' | 'deps'>,
  { studioId, email, role, event, invitedBy }: NewInvitation,
): Promise<{ id: string; token: string }> {
  const [id, token] = [deps.newId(), randomBytes(32).toString('base64url')]
  const expiresAt = new Date(deps.now().getTime() + 7 * 86_400_000)
  const place = event ? null : (role ?? 'photographer')
  await db
    .insert(studioInvitations)
    .values({ id, studioId, email, role: place, tokenHash: hashToken(token), expiresAt, invitedBy: invitedBy ?? null })
  if (event) {
    const { id: eventId, as, trusted = false } = event
    await db.insert(eventInvitations).values({ invitationId: id, studioId, eventId, role: as, trusted })
  }
  return { id, token }
}
