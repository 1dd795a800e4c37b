import type { Invited } from '@pix/contracts/invitations.ts'
import type { Tx } from '@pix/db/client.ts'
import { users } from '@pix/db/schema/auth.ts'
import { eq } from 'drizzle-orm'
import type { CallerContext, Context } from '../../../base/context.ts'
import {
  type AccountRow,
  beginSignIn,
  hashNewPassword,
  makeVerifiedAccount,
  type ShownBrowser,
} from '../../../people/accounts/index.ts'
import { acceptAs } from '../../../people/invitations/index.ts'
import { describeInvited, findInvitedTo } from './invited-to.ts'
import { joinEvent } from './join-event.ts'

/** What a link invites to. Looking does not use the link up, because mail programs open links. */
export const lookAtInvitation = async (ctx: Context, token: string): Promise<Invited> =>
  describeInvited(ctx, await findInvitedTo(ctx, token))

/**
 * Joins a studio or an event as the account that is signed in.
 *
 * @throws Problem `link_used_up`, `studio_closed`, `invitation_for_another` or `organizer_taken`
 */
export async function acceptInvitation(ctx: CallerContext, token: string): Promise<Invited> {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, ctx.caller.userId))
  return join(ctx, token, async () => user!)
}

/**
 * Makes an account by the link of an invitation, whose reader has shown that they read the mail of its address, joins
 * with it and signs in.
 *
 * @throws Problem as `acceptInvitation`, `account_exists`, `password_common` or `password_personal`
 */
export async function registerByInvitation(
  ctx: Context,
  { token, name, password }: { token: string; name: string; password: string },
  browser: ShownBrowser,
) {
  const { email } = (await findInvitedTo(ctx, token)).invitation
  const account = { email, name, passwordHash: await hashNewPassword(password, { email, name }) }
  await join(ctx, token, tx => makeVerifiedAccount(ctx, tx, account))
  const [user] = await ctx.db.select().from(users).where(eq(users.email, email))
  return beginSignIn(ctx, user!, browser)
}

/** The invitation is locked before anything is made: when two accept at once, one of them succeeds. */
const join = (ctx: Context, token: string, who: (tx: Tx) => Promise<AccountRow>): Promise<Invited> =>
  ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const invited = await findInvitedTo(inTx, token, true)
    const user = await who(tx)
    await acceptAs(inTx, invited, user)
    if (invited.crew) await joinEvent(inTx, invited, invited.crew, user)
    return describeInvited(inTx, invited)
  })
