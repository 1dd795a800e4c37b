import type { pickMatches as contract } from '@pix/contracts/faces.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { BuyerContext } from '../../base/context.ts'
import { hasVerifiedEmail } from '../../people/accounts/index.ts'
import { refuseBeyondPeople } from './limit-people.ts'
import { findOwnSearch } from './read-search.ts'

/** Keeps with the matches what was ticked and unticked by hand. A photo that is no match any more is passed over. */
export async function pickMatches(
  ctx: BuyerContext,
  searchId: string,
  { picks }: z.output<typeof contract.schema.body>,
): Promise<void> {
  const search = await findOwnSearch(ctx, searchId)
  if (!search.signedIn && !(await hasVerifiedEmail(ctx))) await refuseBeyondPeople(ctx, search)
  await ctx.db.transaction(async tx => {
    for (const picked of [true, false]) {
      const ids = picks.filter(pick => pick.picked === picked).map(({ photoId }) => photoId)
      if (ids.length === 0) continue
      const these = and(eq(searchMatches.searchId, searchId), inArray(searchMatches.photoId, ids))
      await tx.update(searchMatches).set({ picked }).where(these)
    }
  })
}
