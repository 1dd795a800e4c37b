import { type PhotographerRevenue, photographerRevenue, REPORTED_MOST } from '@pix/contracts/revenue.ts'
import { call } from '../../base/api.ts'
import { eachPage } from '../../base/each-page.ts'

type Query = Omit<Parameters<typeof call<typeof photographerRevenue>>[1]['query'], 'limit' | 'cursor'>

/** Everybody who sold photos of a studio, or of one event, in a time: a report that is full has the first of them alone. */
export async function allPhotographers(
  reported: PhotographerRevenue[],
  query: Query,
  signal: AbortSignal,
): Promise<PhotographerRevenue[]> {
  if (reported.length < REPORTED_MOST) return reported
  const found: PhotographerRevenue[] = []
  const pages = eachPage(cursor =>
    call(photographerRevenue, { query: { ...query, limit: 100, ...(cursor && { cursor }) } }, { signal }),
  )
  for await (const { items } of pages) found.push(...items)
  return found
}
