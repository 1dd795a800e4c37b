import { randomBytes } from 'node:crypto'
import type { Invitation, InvitedAs } from '@pix/contracts/invitations.ts'
import type { LocalText } from '@pix/contracts/common.ts'
import type { Tx } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext } from '../../base/context.ts'
import { queueLetter } from '../../base/letters.ts'
import { nameIn } from '../../base/name-in.ts'
import type { StudioRow } from '../studios/index.ts'

type InvitationRow = typeof studioInvitations.$inferSelect
type InTx = Omit<CallerContext, 'db'> & { db: Tx }

const GOOD_MS = 7 * 86_400_000

/** What the letter of an invitation says. */
export interface InvitationLetter {
  studio: Pick<StudioRow, 'nameTh' | 'nameEn'>
  /** The event's names, for an invitation to one. */
  event: LocalText | null
  as: InvitedAs
  locale: 'th' | 'en'
}

export const toInvitation = (row: InvitationRow, as: InvitedAs): Invitation => ({
  id: row.id,
  email: row.email,
  as,
  sentAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})

/**
 * Writes an invitation and its letter. The same statements run for every address, with an account or without.
 *
 * @param role the place in the studio; null for an invitation to an event, of which the caller writes the row
 * @returns the letter's id for `sendLetter`, too
 */
export async function writeInvitation(
  ctx: InTx,
  { studioId, email, role }: { studioId: string; email: string; role: StudioRole | null },
  letter: InvitationLetter,
): Promise<{ row: InvitationRow; mailId: string | null }> {
  const { token, values } = newLink(ctx)
  const [row] = await ctx.db
    .insert(studioInvitations)
    .values({ id: ctx.newId(), studioId, email, role, invitedBy: ctx.caller.userId, ...values })
    .returning()
  return { row: row!, mailId: await writeLetter(ctx, { email, token }, letter) }
}

/** Sends an open invitation again. The earlier link is good for nothing any more, and the person who sends it again counts as its sender. */
export async function renewInvitation(
  ctx: InTx,
  { id, email }: InvitationRow,
  letter: InvitationLetter,
): Promise<{ row: InvitationRow; mailId: string | null }> {
  const { token, values } = newLink(ctx)
  const [row] = await ctx.db
    .update(studioInvitations)
    .set({ ...values, invitedBy: ctx.caller.userId })
    .where(eq(studioInvitations.id, id))
    .returning()
  return { row: row!, mailId: await writeLetter(ctx, { email, token }, letter) }
}

function newLink({ now }: InTx) {
  const token = randomBytes(32).toString('base64url')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + GOOD_MS)
  return { token, values: { tokenHash: hashToken(token), createdAt, expiresAt } }
}

function writeLetter(ctx: InTx, { email, token }: { email: string; token: string }, letter: InvitationLetter) {
  const { studio, event, as, locale } = letter
  const envelope = {
    to: email,
    locale,
    secrets: { token },
    path: '/invitation',
    storefront: null,
    dedupeKey: `invitation:${hashToken(token)}`,
  }
  const names = { studio: nameIn(studio, locale) }
  if (event === null) return queueLetter(ctx, ctx.db, { ...envelope, template: 'studio_invitation', facts: names })
  const template = as === 'organizer' ? 'organizer_invitation' : 'photographer_invitation'
  return queueLetter(ctx, ctx.db, { ...envelope, template, facts: { ...names, event: event[locale] } })
}
