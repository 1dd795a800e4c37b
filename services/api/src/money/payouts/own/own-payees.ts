import type { OwnPayee } from '@pix/contracts/payees.ts'
import type { Queryable } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { users } from '@pix/db/schema/auth.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, asc, eq, ne } from 'drizzle-orm'
import type { CallerContext, Joining } from '../../../base/context.ts'
import { latestAccount, type PayeeKey, shownAccount } from '../../../people/payees/index.ts'

export type NamedPayee = PayeeKey & { name: string }

/** The payees that the caller is: themselves, the organizers for which they act, the studios that they own. */
export async function ownPayees({ db, caller }: Joining<CallerContext>, party: PayeeParty): Promise<NamedPayee[]> {
  const found = await selectOwn(db, caller.userId)[party]()
  return found.map(({ id, name }) => ({ party, ownerId: id, name }))
}

const selectOwn = (db: Queryable, userId: string) => ({
  photographer: () => db.select({ id: users.id, name: users.name }).from(users).where(eq(users.id, userId)),
  organizer: () =>
    db
      .select({ id: organizers.id, name: organizers.name })
      .from(organizers)
      .where(eq(organizers.userId, userId))
      .orderBy(asc(organizers.id)),
  // The house studio is the platform itself.
  studio: () =>
    db
      .select({ id: studios.id, name: studios.nameTh })
      .from(studioMembers)
      .innerJoin(studios, eq(studios.id, studioMembers.studioId))
      .where(and(eq(studioMembers.userId, userId), eq(studioMembers.role, 'owner'), ne(studios.id, HOUSE_STUDIO)))
      .orderBy(asc(studios.id)),
})

/** The same with their accounts. */
export async function listOwnPayees(ctx: CallerContext, party: PayeeParty): Promise<{ items: OwnPayee[] }> {
  const items = []
  for (const payee of await ownPayees(ctx, party)) items.push(await describePayee(ctx, payee))
  return { items }
}

export async function describePayee(ctx: CallerContext, payee: NamedPayee): Promise<OwnPayee> {
  const latest = await latestAccount(ctx.db, payee)
  return {
    party: payee.party,
    id: payee.ownerId,
    name: payee.name,
    account: latest?.endedAt === null ? shownAccount(ctx, latest) : null,
    bounced: latest?.end === 'bounced',
  }
}
