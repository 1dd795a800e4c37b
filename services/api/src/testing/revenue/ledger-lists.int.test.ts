import type { LedgerLine, PhotographerRevenue } from '@pix/contracts/revenue.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { users } from '@pix/db/schema/auth.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { payments } from '@pix/db/schema/payments.ts'
import { parseBaht } from '@pix/domain/money.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertKey, newKey } from '../service-keys.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

type Headers = Record<string, string>
interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** Every page of a list, so many rows at once. */
async function readAll<T>(t: Shop, path: string, headers: Headers, limit = 100): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const url: string = `/api/revenue/${path}&limit=${limit}${cursor && `&cursor=${cursor}`}`
    const page: Page<T> = (await t.app.inject({ url, headers })).json()
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

/** So many photos of the house studio, paid. */
async function sold(t: Shop, photos: number, organizer?: string) {
  const made = await t.withQr(photos, organizer === undefined ? {} : { organizer })
  const [row] = await t.db.select().from(payments).where(eq(payments.id, made.payment.id))
  await bank.pay(row!.transId!)
  await expect.poll(() => t.status(made.visitor, made.order.id)).toBe('fulfilled')
  return made
}

async function programOf(t: Shop, studioId: string): Promise<Headers> {
  const [owner, key] = [await t.member(studioId, 'owner'), newKey()]
  await insertKey(t, { studioId, createdBy: owner.id, key, scopes: ['revenue:read'] })
  return { authorization: `Bearer ${key}` }
}

const YEARS = 'from=2020-01-01&to=2099-12-31'
const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

test('a program of a studio reads its ledger page by page, each posting balanced, and another studio’s reads none of it', async () => {
  await using t = await bank.openShop()
  const organizer = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizer, name: 'Run Club' })
  const { event, photographer, photoIds } = await sold(t, 2, organizer)
  const [own, other] = [await programOf(t, HOUSE_STUDIO), await programOf(t, (await t.studio()).id)]

  const lines = await readAll<LedgerLine>(t, `ledger?${YEARS}`, own)
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['sale']))
  expect(total(lines.map(({ amount }) => amount.amount))).toBe(0)
  const shares = lines.filter(({ account }) => account === 'photographer_payable')
  expect(new Set(shares.map(({ photoId }) => photoId))).toEqual(new Set(photoIds))
  expect(shares[0]).toMatchObject({
    event: { id: event.id, slug: event.slug },
    owner: { id: photographer.id, name: photographer.name },
    orderNumber: expect.stringMatching(/^PX-/),
  })
  expect(lines.find(({ account }) => account === 'organizer_payable')?.owner?.name).toBe('Run Club')
  expect(await readAll(t, `ledger?${YEARS}`, own, 1)).toEqual(lines)

  expect(await readAll(t, `ledger?${YEARS}`, other)).toEqual([])
  const named = { url: `/api/revenue/ledger?${YEARS}&studio=${HOUSE_STUDIO}`, headers: other }
  expect((await t.app.inject(named)).statusCode).toBe(404)
  expect(await readAll(t, 'ledger?from=2020-01-01&to=2020-12-31', own)).toEqual([])
  const admin = await t.user('admin')
  expect(await readAll(t, `ledger?${YEARS}`, admin.headers)).toEqual(lines)
})

test('the CSV of the ledger has the lines of the list, its two columns of money add up to the same, and no cell is a formula', async () => {
  await using t = await bank.openShop()
  const { photographer } = await sold(t, 2)
  await t.db.update(users).set({ name: '=HYPERLINK("x")' }).where(eq(users.id, photographer.id))
  const own = await programOf(t, HOUSE_STUDIO)
  const lines = await readAll<LedgerLine>(t, `ledger?${YEARS}`, own)

  const file = await t.app.inject({ url: `/api/revenue/ledger/export?${YEARS}`, headers: own })
  expect(file.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="ledger-2020-01-01-2099-12-31.csv"',
  })
  const [head, ...rows] = file.body.trimEnd().split('\r\n')
  expect(head).toMatch(/^\uFEFF"position",.*,"debit_thb","credit_thb"$/)
  expect(rows).toHaveLength(lines.length)
  const money = rows.map(row => row.split(',').slice(-2))
  const satang = (column: 0 | 1) => total(money.map(cells => parseBaht(cells[column]!.replaceAll('"', '')) ?? 0))
  const debit = total(lines.map(({ amount }) => Math.max(0, amount.amount)))
  expect([satang(0), satang(1)]).toEqual([debit, debit])
  expect(debit).toBeGreaterThanOrEqual(12_000)
  expect(file.body).toContain(`"'=HYPERLINK(""x"")"`)

  const refused = await t.app.inject({
    url: `/api/revenue/ledger/export?${YEARS}&studio=${t.deps.newId()}`,
    headers: own,
  })
  expect(refused.json()).toMatchObject({ status: 404, code: 'not_found' })
})

test('photographers are listed by their share page by page, as the summary has them', async () => {
  await using t = await bank.openShop()
  const [few, many, as] = [await sold(t, 1), await sold(t, 3), await sold(t, 1)]
  const own = await programOf(t, HOUSE_STUDIO)
  const all = await readAll<PhotographerRevenue>(t, `photographers?${YEARS}`, own)
  expect(all.map(({ photographerId }) => photographerId)).toEqual([
    many.photographer.id,
    ...[few.photographer.id, as.photographer.id].toSorted(),
  ])
  expect(all.map(({ photosSold }) => photosSold)).toEqual([3, 1, 1])
  expect(await readAll(t, `photographers?${YEARS}`, own, 1)).toEqual(all)
  const summary = (await t.app.inject({ url: `/api/revenue/summary?${YEARS}`, headers: own })).json()
  expect(summary.photographers).toEqual(all)
  expect(await readAll(t, 'photographers?from=2020-01-01&to=2020-01-02', own)).toEqual([])
})

test('the photographers of one event are listed page by page, as its report has them; another studio’s event is not found', async () => {
  await using t = await bank.openShop()
  const [shown] = [await sold(t, 2), await sold(t, 1)]
  const [own, other] = [await programOf(t, HOUSE_STUDIO), await programOf(t, (await t.studio()).id)]
  const path = `photographers?${YEARS}&event=${shown.event.id}`
  const all = await readAll<PhotographerRevenue>(t, path, own, 1)
  expect(all).toMatchObject([{ photographerId: shown.photographer.id, photosSold: 2 }])
  const report = (await t.app.inject({ url: `/api/revenue/events/${shown.event.id}?${YEARS}`, headers: own })).json()
  expect(report.photographers).toEqual(all)
  expect((await t.app.inject({ url: `/api/revenue/${path}&limit=1`, headers: other })).statusCode).toBe(404)
})
