import type { Tx } from '@pix/db/client.ts'
import type { Deletion } from '@pix/db/deletion.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { objections } from '@pix/db/schema/objections.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq, inArray, or } from 'drizzle-orm'
import { withdrawConsents } from '../../../base/consents.ts'
import type { Buyer } from '../../../base/caller.ts'
import type { Context, Joining } from '../../../base/context.ts'
import { endObjections, forgetAlertsOfConsents, forgetKeptFaces, objectAgain } from '../../../catalogue/faces/index.ts'
import { takeDownAgain } from '../../takedowns/index.ts'
import { deleteSearchesOfAccount, eraseAgain } from '../erase-account.ts'
import { removeAgain } from '../delete-event.ts'
import { deleteSearches } from '../delete-objects.ts'
import { deletePhotoAgain } from '../delete-photo.ts'
import { endSession } from '../delete-visit.ts'
import { forgetVisits } from '../forget-visits.ts'
import { visitsOf } from '../my-addresses.ts'
import { addressesNamedBy } from '../rows-naming.ts'

/** Stands for the browser where an address has no visit: no consent is withdrawn then that would name it. */
const NOBODY = '00000000-0000-7000-8000-000000000000'

type Kind = Deletion['kind']
type Of<K extends Kind> = Extract<Deletion, { kind: K }>
type InTx = Omit<Context, 'db'> & { db: Tx }

/** How a deletion is done again. Each part changes nothing where it is repeated. */
interface Again<K extends Kind> {
  /** Comes before the transaction, since storage and Redis know none. @returns how many searches were deleted */
  before?: (ctx: Context, what: Of<K>) => Promise<number>
  /** @returns whether the database still had what was deleted */
  within: (ctx: InTx, what: Of<K>, at: Date) => Promise<boolean>
}

/** By kind. */
export const AGAIN: { readonly [K in Kind]: Again<K> } = {
  account: {
    before: (ctx, { userId }) => deleteSearchesOfAccount(ctx, userId),
    within: (ctx, { userId }) => eraseAgain(ctx, userId),
  },
  address: {
    before: async (ctx, { rows }) => {
      const visits = await visitsOf(ctx, await addressesNamedBy(ctx.db, rows))
      return deleteSearches(ctx, inArray(searches.sessionId, visits))
    },
    within: forgetAddresses,
  },
  visit: { before: deleteSearchesOfVisit, within: forgetVisitAgain },
  search: {
    before: (ctx, { searchId }) => deleteSearches(ctx, eq(searches.id, searchId)),
    within: async () => false,
  },
  consent: {
    before: (ctx, { consentId }) => deleteSearches(ctx, eq(searches.consentId, consentId)),
    within: withdrawAgain,
  },
  objection: { within: objectAgain },
  objection_end: {
    within: async (ctx, { objectionId, why }) =>
      (await endObjections(ctx, eq(objections.id, objectionId), why)).length > 0,
  },
  takedown: { within: takeDownAgain },
  photo: { within: deletePhotoAgain },
  event: { within: (ctx, { eventId }) => removeAgain(ctx, eventId) },
}

/** There is no browser here: what is written names the one that asked then. */
const asVisit = <C extends Joining<Context>>(ctx: C, whose: Pick<Buyer, 'sessionId' | 'userId'>) => ({
  ...ctx,
  buyer: { sessionId: whose.sessionId, userId: whose.userId, since: ctx.now(), network: '', email: null },
})

async function forgetAddresses(ctx: InTx, { rows }: Of<'address'>): Promise<boolean> {
  const emails = await addressesNamedBy(ctx.db, rows)
  for (const email of emails) {
    const visits = await visitsOf(ctx, [email])
    const [sessionId = NOBODY] = visits
    await forgetVisits(asVisit(ctx, { sessionId, userId: null }), { visits, userId: null, email })
  }
  return emails.length > 0
}

async function deleteSearchesOfVisit(ctx: Context, visit: Of<'visit'>): Promise<number> {
  const { sessionId, userId } = visit
  const ofVisit = eq(searches.sessionId, sessionId)
  if (userId === null) return deleteSearches(ctx, ofVisit)
  const agreed = ctx.db.select({ id: consents.id }).from(consents).where(eq(consents.userId, userId))
  return deleteSearches(ctx, or(ofVisit, inArray(searches.consentId, agreed))!)
}

async function forgetVisitAgain(ctx: InTx, visit: Of<'visit'>): Promise<boolean> {
  const { sessionId, userId, endsSession } = visit
  const before = await ctx.db.$count(sessions, eq(sessions.id, sessionId))
  const asThen = asVisit(ctx, { sessionId, userId })
  await forgetVisits(asThen, { visits: [sessionId], userId, email: null })
  if (endsSession) await endSession(asThen)
  return before > 0
}

async function withdrawAgain(ctx: InTx, { consentId }: Of<'consent'>): Promise<boolean> {
  const [grant] = await ctx.db.select().from(consents).where(eq(consents.id, consentId))
  if (!grant) return false
  await forgetKeptFaces(ctx, [consentId])
  await forgetAlertsOfConsents(ctx, [consentId])
  await withdrawConsents(asVisit(ctx, grant), [consentId])
  return true
}
