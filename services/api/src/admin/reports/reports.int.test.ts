import type { Dashboard } from '@pix/contracts/dashboard.ts'
import type { ReportChoice } from '@pix/contracts/reports.ts'
import type { revenueSummary } from '@pix/contracts/revenue.ts'
import type { EventStatistics } from '@pix/contracts/statistics.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderLines } from '@pix/db/schema/orders.ts'
import { refundLines, refunds } from '@pix/db/schema/refunds.ts'
import { searchFeedback } from '@pix/db/schema/searches.ts'
import { reportRounds } from '@pix/db/schema/reports.ts'
import { eventHours } from '@pix/db/schema/statistics.ts'
import { users } from '@pix/db/schema/auth.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { inNumber } from './figures.ts'
import { writeReports } from './write-reports.ts'

const HOUR_MS = 3_600_000
type Revenue = z.output<(typeof revenueSummary.schema.response)[200]>

/** Two studios that sold today, one in which nothing happened, and who works for them. */
async function scene() {
  const t = await testApp()
  const [busy, other, quiet] = [
    await t.studio({ slug: 'busy', nameTh: 'สตูดิโอคึกคัก', nameEn: 'Busy' }),
    await t.studio({ slug: 'other' }),
    await t.studio({ slug: 'quiet' }),
  ]
  const admin = await t.user('admin')
  const [owner, manager] = [await t.member(busy.id, 'owner'), await t.member(busy.id, 'manager')]
  await t.member(quiet.id, 'owner')
  const photographer = await t.user('photographer')
  const buyer = await t.visitor()
  const [event, elsewhere] = [
    await t.event({ studioId: busy.id, faceSearchBy: admin.id }),
    await t.event({ studioId: other.id, faceSearchBy: admin.id }),
  ]
  const [one, two] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  const orderId = await addPaidOrder(t.db, buyer.sessionId, [one, two])
  await addPaidOrder(t.db, buyer.sessionId, [await t.photo(elsewhere.id, photographer.id)])
  await t.photo(event.id, photographer.id, { approval: 'pending' })
  await addTransferred(t, orderId)
  const hour = new Date(Math.floor(t.deps.now().getTime() / HOUR_MS) * HOUR_MS)
  await t.db.insert(eventHours).values({ eventId: event.id, hour, found: 7, nothingFound: 2, failed: 1 })
  const seen = { eventId: event.id, distance: 0, band: 'sure' as const }
  await t.db.insert(searchFeedback).values({ id: t.deps.newId(), ...seen, isMe: false })
  const letters = () => t.db.select().from(outgoingMail).orderBy(outgoingMail.dedupeKey)
  const read = async <T>(url: string, { headers }: { headers: Record<string, string> }) =>
    (await t.app.inject({ url: `/api${url}`, headers })).json<T>()
  /** Moves the clock so that the day that is over is today. */
  const tomorrow = () => t.forward(31 * HOUR_MS)
  return Object.assign(t, {
    busy,
    other,
    admin,
    owner,
    manager,
    event,
    letters,
    read,
    tomorrow,
    day: bangkokDay(t.deps.now()),
  })
}

/** Money that was transferred back to a buyer now: rows only. */
async function addTransferred({ db, deps }: TestApp, orderId: string): Promise<void> {
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const [id, at, amount] = [deps.newId(), deps.now(), line!.unitPrice]
  const sent = { state: 'transferred' as const, transferredAt: at, transferReference: 'T1' }
  await db.transaction(async tx => {
    const asked = { reason: 'quality' as const, requestedAt: at, decidedAt: at }
    await tx.insert(refunds).values({ id, number: `RF-${id}`, orderId, amount, ...asked, ...sent })
    await tx.insert(refundLines).values({ refundId: id, orderId, lineId: line!.id, amount })
  })
}

test('the letter of a studio’s day says what its screens say of that day', async () => {
  await using t = await scene()
  const { day, owner } = t
  const revenue = await t.read<Revenue>(`/revenue/summary?from=${day}&to=${day}`, owner)
  const { search } = await t.read<EventStatistics>(`/events/${t.event.id}/statistics`, owner)
  const { photos } = await t.read<Dashboard>('/admin/dashboard', owner)
  t.tomorrow()
  await writeReports(t.system, 'daily')
  const letter = (await t.letters()).find(({ recipient }) => recipient === owner.email)
  expect(letter).toMatchObject({ template: 'daily_report', locale: 'th', path: `/admin?studio=${t.busy.id}` })
  expect(letter!.facts).toEqual({
    studio: 'สตูดิโอคึกคัก',
    period: expect.stringContaining(String(Number(day.slice(0, 4)) + 543)),
    sold: formatMoney(revenue.gross.amount),
    orders: inNumber(revenue.orders),
    returned: '฿60',
    photos: '3',
    searches: inNumber(search.found + search.nothingFound + search.failed),
    waiting: inNumber(photos.waiting),
    needs: inNumber(photos.waiting + photos.failed),
  })
  expect(letter!.facts).toMatchObject({ sold: '฿120', orders: '1', searches: '10', waiting: '1' })
})

test('the letter of the whole installation adds up what all studios’ screens say, with the inbox', async () => {
  await using t = await scene()
  const { day, admin } = t
  const revenue = await t.read<Revenue>(`/revenue/summary?from=${day}&to=${day}`, admin)
  const { photos, inbox } = await t.read<Dashboard>('/admin/dashboard', admin)
  t.tomorrow()
  await writeReports(t.system, 'daily')
  const letter = (await t.letters()).find(({ recipient }) => recipient === admin.email)
  expect(letter).toMatchObject({
    path: '/admin',
    facts: {
      studio: 'ThePixStock ทั้งระบบ',
      sold: formatMoney(revenue.gross.amount),
      orders: '2',
      photos: '4',
      needs: inNumber(inbox!.reduce((all, kind) => all + kind.count, photos.waiting)),
    },
  })
})

test('one letter for a studio, a day and a reader, however often it is written; a quiet studio has none', async () => {
  await using t = await scene()
  t.tomorrow()
  await Promise.all([writeReports(t.system, 'daily'), writeReports(t.system, 'daily')])
  await t.db.delete(reportRounds)
  await writeReports(t.system, 'daily')
  const letters = await t.letters()
  expect(letters.map(({ recipient }) => recipient).toSorted()).toEqual([t.admin.email, t.owner.email].toSorted())
  expect(letters.map(({ dedupeKey }) => dedupeKey)).toEqual([
    `report:daily:${t.day}:${t.busy.id}:${t.owner.id}`,
    `report:daily:${t.day}:all:${t.admin.id}`,
  ])
  expect(await t.db.select({ day: reportRounds.firstDay }).from(reportRounds)).toEqual([{ day: t.day }])
})

test('people choose which reports they get, in the language of the page; who is suspended gets none', async () => {
  await using t = await scene()
  const choose = (who: { headers: Record<string, string> }, periods: string[], locale = 'en', studio = t.busy.id) =>
    t.app.inject({
      method: 'PUT',
      url: `/api/reports/choice?studio=${studio}`,
      headers: who.headers,
      payload: { periods, locale },
    })
  const chosen = async (who: { headers: Record<string, string> }, query = `?studio=${t.busy.id}`) =>
    (await t.read<ReportChoice>(`/reports/choice${query}`, who)).periods
  expect(await chosen(t.owner)).toEqual(['daily', 'weekly', 'monthly'])
  expect(await chosen(t.manager)).toEqual([])
  expect(await chosen(t.admin, '')).toEqual(['daily', 'weekly', 'monthly'])
  expect(await chosen(t.admin)).toEqual([])
  expect((await choose(t.owner, ['monthly'])).json()).toEqual({ periods: ['monthly'], email: t.owner.email })
  expect((await choose(t.manager, ['monthly', 'daily', 'daily'])).json()).toMatchObject({
    periods: ['daily', 'monthly'],
  })
  expect((await choose(t.admin, ['daily'])).statusCode).toBe(200)
  expect((await choose(t.manager, ['daily'], 'en', t.other.id)).statusCode).toBe(404)
  await t.db.update(users).set({ suspendedAt: t.deps.now() }).where(eq(users.id, t.owner.id))
  t.tomorrow()
  await writeReports(t.system, 'daily')
  const letters = await t.letters()
  expect(letters.map(({ recipient, facts }) => [recipient, facts['studio']]).toSorted()).toEqual(
    [
      [t.admin.email, 'Busy'],
      [t.admin.email, 'ThePixStock ทั้งระบบ'],
      [t.manager.email, 'Busy'],
    ].toSorted(),
  )
})
