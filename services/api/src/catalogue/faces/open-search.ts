import { searches } from '@pix/db/schema/searches.ts'
import { and, eq, getTableColumns } from 'drizzle-orm'
import { searchedBy } from '../../base/caller.ts'
import type { BuyerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'
import { askedUpTo, refuseBeyondPeople } from './limit-people.ts'
import type { SearchRow } from './read-search.ts'

/**
 * A search of this buyer, whose photos may be read once it is done.
 *
 * @returns it, and whether the number of people that the buyer may find is limited
 * @throws Problem `not_found`, or `too_many_people` when it is for one person too many
 */
export async function openSearch(
  ctx: BuyerContext,
  searchId: string,
): Promise<{ search: SearchRow; isBound: boolean }> {
  const { db, settings, buyer } = ctx
  const [found] = await db
    .select({ ...getTableColumns(searches), asked: askedUpTo(buyer, searchId) })
    .from(searches)
    .where(and(eq(searches.id, searchId), searchedBy(buyer, searches)))
  if (!found) throw notFound()
  const { asked, ...search } = found
  if (search.state !== 'done') return { search, isBound: true }
  const isBound = !search.signedIn && !(await hasVerifiedEmail(ctx))
  if (isBound && asked > settings.LIMIT_PEOPLE_PER_DAY) await refuseBeyondPeople(ctx, search)
  return { search, isBound }
}
