import type { PhotographerRevenue, photographerRevenue as contract } from '@pix/contracts/revenue.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId } from '../../base/cursor.ts'
import { manageBooksOf } from '../../catalogue/events/index.ts'
import { inNamedStudio, type Listed } from '../../people/studios/index.ts'
import { nameSellers, rankSellers, type Seller } from './read-reports.ts'
import { scopeOf } from './scope.ts'
import { earningsOf } from './summary.ts'

type Query = z.output<typeof contract.schema.querystring>

const isBelow = (one: Seller, last: Pick<Seller, 'share' | 'photographerId'>): boolean =>
  one.share < last.share || (one.share === last.share && one.photographerId > last.photographerId)

/**
 * A page of the photographers who sold photos, by their share: of a studio, or of one event. All of them are added up for
 * each page: a studio has hundreds at most.
 *
 * @throws Problem `not_found` for a studio or an event of others
 */
export const listPhotographers = (
  ctx: CallerContext,
  { event, studio, ...query }: Query,
): Promise<{ items: PhotographerRevenue[]; nextCursor: string | null }> =>
  event === undefined
    ? inNamedStudio(ctx, studio, list => pageOf(list, null, query))
    : manageBooksOf(ctx, event, staff => pageOf(staff, event, query))

async function pageOf(
  list: Listed,
  eventId: string | null,
  { limit, cursor, ...range }: Omit<Query, 'studio' | 'event'>,
): Promise<{ items: PhotographerRevenue[]; nextCursor: string | null }> {
  const last = decodeCursor(cursor, ([share, photographerId]) =>
    typeof share === 'number' && isId(photographerId) ? { share, photographerId } : null,
  )
  const scope = await scopeOf(list, eventId, range)
  const ranked = await rankSellers(scope, await earningsOf(scope))
  const further = last ? ranked.filter(one => isBelow(one, last)) : ranked
  const found = further.slice(0, limit)
  const end = further.length > limit ? found.at(-1) : undefined
  return {
    items: await nameSellers(scope, found),
    nextCursor: end ? encodeCursor([end.share, end.photographerId]) : null,
  }
}
