import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studioRole, studios } from './studios.ts'

/**
 * Invitations by mail to work for a studio. The person who has the letter's link and an account with its address joins.
 * For an invitation to an event, `event_invitations` names the event.
 */
export const studioInvitations = pgTable(
  'studio_invitations',
  {
    id: id(),
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    email: text('email').notNull(),
    /** The place in the studio; null for an invitation to one of its events. */
    role: studioRole('role'),
    /** SHA-256 of the link's token, hex. Each letter has a token of its own, and ends the one before. */
    tokenHash: text('token_hash').notNull().unique(),
    invitedBy: uuid('invited_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => users.id, { onDelete: 'set null' }),
    revokedAt: instant('revoked_at'),
  },
  t => [
    check('studio_invitations_email_lower', sql`${t.email} = lower(${t.email})`),
    check('studio_invitations_one_end', sql`${t.acceptedAt} is null or ${t.revokedAt} is null`),
    check('studio_invitations_accepted', sql`${t.acceptedBy} is null or ${t.acceptedAt} is not null`),
    // For foreign keys of rows that name invitation and studio, so that the two cannot disagree.
    unique('studio_invitations_of_studio').on(t.id, t.studioId),
    uniqueIndex('studio_invitations_open')
      .on(t.studioId, t.email)
      .where(sql`${t.role} is not null and ${t.acceptedAt} is null and ${t.revokedAt} is null`),
    // Read backwards, newest first.
    index('studio_invitations_newest').on(t.studioId, t.createdAt, t.id),
    index('studio_invitations_email').on(t.email),
    index('studio_invitations_invited_by').on(t.invitedBy),
    index('studio_invitations_accepted_by').on(t.acceptedBy),
    index('studio_invitations_expires_at').on(t.expiresAt),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
