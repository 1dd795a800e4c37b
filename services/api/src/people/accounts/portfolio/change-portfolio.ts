import type { changeOwnPortfolio as contract, Portfolio } from '@pix/contracts/photographers.ts'
import { constraintOf } from '@pix/db/broken-constraint.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { cleanName } from '../registration/clean-name.ts'

const shownColumns = {
  slug: portfolios.slug,
  name: portfolios.name,
  about: portfolios.about,
  shown: portfolios.shown,
}

/** The caller's own public page; null while they have made none. */
export async function readOwnPortfolio({ db, caller }: CallerContext): Promise<Portfolio | null> {
  const [portfolio] = await db.select(shownColumns).from(portfolios).where(eq(portfolios.userId, caller.userId))
  return portfolio ?? null
}

/** Makes or changes the caller's own public page. @throws Problem `portfolio_slug_taken` */
export async function changeOwnPortfolio(
  { db, caller, now }: CallerContext,
  { name, about, ...rest }: z.output<typeof contract.schema.body>,
): Promise<Portfolio> {
  const set = { ...rest, name: cleanName(name), about: about.normalize('NFC'), changedAt: now() }
  try {
    const [portfolio] = await db
      .insert(portfolios)
      .values({ userId: caller.userId, ...set })
      .onConflictDoUpdate({ target: portfolios.userId, set })
      .returning(shownColumns)
    return portfolio!
  } catch (error) {
    if (constraintOf(error) === 'portfolios_slug_unique') throw new Problem('portfolio_slug_taken')
    throw error
  }
}
