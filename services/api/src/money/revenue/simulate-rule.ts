import { baht } from '@pix/contracts/common.ts'
import type { simulateSplit as contract } from '@pix/contracts/split-rules.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { orderShares } from '@pix/db/schema/order-shares.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { type Parts, simulateSplit } from '@pix/domain/simulate-split.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { withinDays } from '../../base/bangkok-days.ts'
import type { CallerContext } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { inNamedStudio, isOfList, type ListContext } from '../../people/studios/index.ts'

type Asked = z.output<(typeof contract)['schema']['body']>
type Answer = z.output<(typeof contract)['schema']['response'][200]>

/** What a rule would have paid for the photos of its scope that were sold in a time, beside what they paid. */
export const simulateRule = (ctx: CallerContext, asked: Asked): Promise<Answer> =>
  inNamedStudio(ctx, asked.studioId ?? undefined, async list => {
    const { platformBp, studioBp, photographerBp, organizerBp } = asked
    if (platformBp + studioBp + photographerBp + organizerBp !== 10_000)
      throw new Problem('invalid_request', { errors: [{ path: 'body.platformBp', message: 'does not total 10,000' }] })
    const sold = await soldAlike(list, asked)
    const sumOf = (key: Exclude<keyof (typeof sold)[number], 'hasOrganizer' | 'isPayee' | 'isHouse'>) =>
      sold.reduce((sum, row) => sum + row[key] * (key === 'net' ? row.count : 1), 0)
    const simulated = [true, false].map(isHouse =>
      simulateSplit(
        sold.filter(row => row.isHouse === isHouse),
        asked,
        isHouse,
      ),
    )
    const { platform, studio, photographer, organizer } = {
      platform: sumOf('platform'),
      studio: sumOf('studio'),
      photographer: sumOf('photographer'),
      organizer: sumOf('organizer'),
    }
    return {
      photos: sumOf('count'),
      net: baht(sumOf('net')),
      paid: inBaht({ platform, studio, photographer, organizer }),
      simulated: inBaht(added(simulated[0]!, simulated[1]!)),
    }
  })

const added = (a: Parts, b: Parts): Parts => ({
  platform: a.platform + b.platform,
  studio: a.studio + b.studio,
  photographer: a.photographer + b.photographer,
  organizer: a.organizer + b.organizer,
})
const inBaht = ({ platform, studio, photographer, organizer }: Parts) => ({
  platform: baht(platform),
  studio: baht(studio),
  photographer: baht(photographer),
  organizer: baht(organizer),
})

/** SQL: satang that a line's sale posted to the accounts of a kind. */
const postedTo = (kind: string) =>
  sql<number>`coalesce(-sum(${ledgerEntries.amount}) filter (where ${ledgerAccounts.kind} = ${kind}), 0)`.mapWith(
    Number,
  )

/** SQL: lines of the scope that were sold in the time, with what their sale posted to each party. */
const soldLines = (list: ListContext, { category, eventId, photographerId, from, to }: Asked) =>
  list.db
    .select({
      id: orderLines.id,
      isHouse: sql<boolean>`${orders.studioId} = ${HOUSE_STUDIO}`.as('is_house'),
      hasOrganizer: sql<boolean>`${orderShares.organizerId} is not null`.as('has_organizer'),
      // Photos that the seller's own staff uploaded stay the seller's. Early orders show that only by a share of 0.
      isPayee: sql<boolean>`coalesce(${orderShares.isPayee}, ${orderShares.photographerBp} > 0)`.as('is_payee'),
      platform: postedTo('platform_revenue').as('platform'),
      studio: postedTo('studio_payable').as('studio'),
      photographer: postedTo('photographer_payable').as('photographer'),
      organizer: postedTo('organizer_payable').as('organizer'),
    })
    .from(orders)
    .innerJoin(ledgerPostings, and(eq(ledgerPostings.orderId, orders.id), eq(ledgerPostings.kind, 'sale')))
    .innerJoin(orderLines, and(eq(orderLines.orderId, orders.id), eq(orderLines.kind, 'photo')))
    .innerJoin(events, eq(events.id, orderLines.eventId))
    .innerJoin(
      orderShares,
      and(
        eq(orderShares.orderId, orders.id),
        eq(orderShares.eventId, orderLines.eventId),
        eq(orderShares.photographerId, orderLines.photographerId),
      ),
    )
    .innerJoin(
      ledgerEntries,
      and(eq(ledgerEntries.lineId, orderLines.id), eq(ledgerEntries.postingId, ledgerPostings.id)),
    )
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(
      and(
        withinDays(orders.paidAt, { from, to }),
        isOfList(list, orders.studioId),
        category === null ? undefined : eq(events.category, category),
        eventId === null ? undefined : eq(orderLines.eventId, eventId),
        photographerId === null ? undefined : eq(orderLines.photographerId, photographerId),
      ),
    )
    .groupBy(orderLines.id, orders.id, orderShares.orderId, orderShares.eventId, orderShares.photographerId)
    .as('lines')

/** Those lines, those alike together. */
async function soldAlike(list: ListContext, asked: Asked) {
  const lines = soldLines(list, asked)
  const net = sql<number>`${lines.platform} + ${lines.studio} + ${lines.photographer} + ${lines.organizer}`
  return list.db
    .select({
      net: net.mapWith(Number),
      hasOrganizer: lines.hasOrganizer,
      isPayee: lines.isPayee,
      isHouse: lines.isHouse,
      count: sql<number>`count(*)`.mapWith(Number),
      platform: sql<number>`sum(${lines.platform})`.mapWith(Number),
      studio: sql<number>`sum(${lines.studio})`.mapWith(Number),
      photographer: sql<number>`sum(${lines.photographer})`.mapWith(Number),
      organizer: sql<number>`sum(${lines.organizer})`.mapWith(Number),
    })
    .from(lines)
    .groupBy(net, lines.hasOrganizer, lines.isPayee, lines.isHouse)
}
