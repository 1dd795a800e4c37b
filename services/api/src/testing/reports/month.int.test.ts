import type { SalesTaxLine } from '@pix/contracts/documents.ts'
import type { PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import type { revenueSummary } from '@pix/contracts/revenue.ts'
import type { EventStatistics } from '@pix/contracts/statistics.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { formatMoney } from '@pix/domain/format-money.ts'
import { inNumber, inPart } from '../../admin/reports/figures.ts'
import { writeReports } from '../../admin/reports/write-reports.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { addBatch } from '../../money/payouts/testing.ts'
import { paperwork } from '../documents/documents-testing.ts'

type Revenue = z.output<(typeof revenueSummary.schema.response)[200]>

let bank: Bank
let t: Shop
let work: Awaited<ReturnType<typeof paperwork>>
let eventId: string
let batchId: string
beforeAll(async () => {
  bank = await startBank()
  t = await bank.openShop()
  work = await paperwork(t, bank)
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await bank.stop()
})

/** What the house studio, which charges VAT, sold, paid out and searched. Made once, by the first test. */
let traded: Promise<void> | undefined
async function trade(): Promise<void> {
  await work.setSeller()
  const bought = await work.buy(3)
  const [line] = (await bought.list()).items
  expect(line!.vat.amount).toBeGreaterThan(0)
  const { id: photographerId } = await t.user('photographer')
  batchId = (await addBatch(t, { studioId: HOUSE_STUDIO, photographerId }, 'exported', { state: 'paid' })).id
  eventId = (await read<Revenue>('/revenue/summary?')).events[0]!.id
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000)
  await t.db.insert(eventHours).values({ eventId, hour, found: 7, nothingFound: 2, failed: 1 })
}

const read = async <T>(url: string) =>
  (await t.app.inject({ url: `/api${url}`, headers: work.owner.headers })).json<T>()

/** The letter that the house studio's owner gets so many days from now. */
async function letterAfter(days: number, period: 'weekly' | 'monthly') {
  await writeReports({ ...t.system, now: () => new Date(Date.now() + days * 86_400_000) }, period)
  const isIt = and(eq(outgoingMail.recipient, work.owner.email), eq(outgoingMail.template, `${period}_report`))
  const [letter] = await t.db.select().from(outgoingMail).where(isIt)
  const address = new URL(letter!.path, 'https://shop.example').searchParams
  return { ...letter!, from: address.get('from')!, to: address.get('to')! }
}

test('the letter of a month says what revenue, payouts and the report of output tax say of it', async () => {
  await (traded ??= trade())
  const month = bangkokDay(new Date()).slice(0, 7)
  const { facts, from, to } = await letterAfter(31 - Number(bangkokDay(new Date()).slice(8)) + 2, 'monthly')
  expect(from).toBe(`${month}-01`)
  const revenue = await read<Revenue>(`/revenue/summary?studio=${HOUSE_STUDIO}&from=${from}&to=${to}`)
  const { items } = await read<{ items: SalesTaxLine[] }>(`/studios/${HOUSE_STUDIO}/sales-tax?month=${month}`)
  const { batch } = await read<PayoutBatchWithLines>(`/admin/payouts/${batchId}`)
  const { split } = revenue
  expect(facts).toMatchObject({
    sold: formatMoney(revenue.gross.amount),
    orders: inNumber(revenue.orders),
    refunded: formatMoney(revenue.refunded.amount),
    share_platform: formatMoney(split.platform.amount),
    share_photographers: formatMoney(split.photographer.amount),
    share_organizers: formatMoney(split.organizer.amount),
    deducted: formatMoney(split.deducted.amount),
    paid_out: formatMoney(batch.net.amount),
    withheld: formatMoney(batch.withheld.amount),
    sales_tax: formatMoney(items.reduce((all, line) => all + line.vat.amount, 0)),
  })
  expect(facts).toMatchObject({ sold: '฿180', paid_out: '฿29.10', withheld: '฿0.90' })
  expect(facts['sales_tax']).not.toBe('฿0')
})

test('the letter of a week says what revenue and the statistics of its events say', async () => {
  await (traded ??= trade())
  const sinceMonday = (new Date(bangkokDay(new Date())).getUTCDay() + 6) % 7
  const { facts, from, to, path } = await letterAfter(8 - sinceMonday, 'weekly')
  expect([from <= bangkokDay(new Date()), to >= bangkokDay(new Date())]).toEqual([true, true])
  const revenue = await read<Revenue>(`/revenue/summary?studio=${HOUSE_STUDIO}&from=${from}&to=${to}`)
  const { search } = await read<EventStatistics>(`/events/${eventId}/statistics`)
  const { placed, paid } = revenue.conversion
  const [best] = revenue.events
  expect(facts).toMatchObject({
    sold: formatMoney(revenue.gross.amount),
    conversion: inPart(paid, placed),
    event1: best!.name.th,
    sold1: formatMoney(best!.gross.amount),
    searches: '10',
    nothing_found: inPart(search.nothingFound, 10),
  })
  // Nobody said of a photo whether it is them, and no second event sold: nothing is said of that.
  expect(Object.keys(facts).filter(name => ['not_me', 'event2', 'sold2'].includes(name))).toEqual([])
  expect(path).toMatch(/^\/admin\/revenue\?studio=/)
})
