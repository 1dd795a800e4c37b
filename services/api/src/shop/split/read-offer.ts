import { baht } from '@pix/contracts/common.ts'
import type { PhotographerOffer } from '@pix/contracts/photographer-offer.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { deductions } from '@pix/domain/deductions.ts'
import { splitRevenue } from '@pix/domain/split.ts'
import { ruleInForce } from '@pix/domain/split-rules.ts'
import { EVENT_CATEGORIES } from '@pix/domain/words.ts'
import type { Context } from '../../base/context.ts'
import { packagesOfShop } from '../pricing/index.ts'
import { readDeductions, startedRules } from './freeze-shares.ts'

/** What the shop that was asked offers photographers: the least and the most of what its rules give for a kind of event. */
export async function readOffer(ctx: Context): Promise<PhotographerOffer> {
  const { db, now, settings, storefront } = ctx
  const studioId = storefront.studio?.id ?? HOUSE_STUDIO
  const at = now()
  const [rules, off, offered] = await Promise.all([
    startedRules(db, studioId, [], [], at),
    readDeductions(db, studioId),
    packagesOfShop(ctx),
  ])
  const shares = EVENT_CATEGORIES.map(
    category =>
      ruleInForce(rules, { studioId, category, eventId: '', photographerId: '' }, at.getTime()).photographerBp,
  )
  const [leastBp, mostBp] = [Math.min(...shares), Math.max(...shares)]
  const earned = (price: number, bp: number) => {
    const [{ vat, fee }] = deductions([{ price, ...off }]) as [{ vat: number; fee: number }]
    const of = [
      { party: 'photographer', bp },
      { party: 'others', bp: 10_000 - bp },
    ]
    return baht(splitRevenue(price - vat - fee, of).get('photographer')!)
  }
  return {
    share: mostBp > 0 ? { leastBp, mostBp } : null,
    ...off,
    packages: offered.map(({ id, name, price }) => ({
      id,
      name,
      price,
      least: earned(price.amount, leastBp),
      most: earned(price.amount, mostBp),
    })),
    payouts: { least: baht(settings.PAYOUT_LEAST_BAHT * 100), holdingDays: settings.PAYOUT_HOLDING_DAYS },
  }
}
