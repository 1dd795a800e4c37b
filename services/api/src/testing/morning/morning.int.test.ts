import type { PhotographerMorning } from '@pix/contracts/photographer-morning.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPayoutDesk } from '../payouts/payout-desk.ts'
import type { TestApp } from '../test-app.ts'
import { addBatch, addSale } from '../../money/payouts/testing.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let desk: Awaited<ReturnType<typeof openPayoutDesk>>
let t: TestApp
beforeAll(async () => {
  desk = await openPayoutDesk()
  t = desk.t
})
afterAll(() => t[Symbol.asyncDispose]())

/** 07:00 of yesterday in Bangkok, as everybody there would reckon it. */
const seven = () => new Date(Date.parse(`${bangkokDay(t.deps.now())}T07:00:00+07:00`) - DAY)

const read = async ({ headers }: { headers: Record<string, string> }): Promise<PhotographerMorning> => {
  const answer = await t.app.inject({ url: '/api/photographer/me/morning', headers })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

test('a morning counts what was sold since 07:00 of yesterday, to how many people, and the photos that earned most first', async () => {
  const photographer = await t.user('photographer')
  const event = await t.event()
  const of = { eventId: event.id, photographerId: photographer.id }
  await addSale(t, { ...of, photos: 5, at: new Date(seven().getTime() - 1) })
  const first = await addSale(t, { ...of, photos: 2, at: seven() })
  const again = await addSale(t, { ...of, photos: 1, again: [first.photoIds[1]!] })
  const other = await addSale(t, { ...of, photos: 1 })
  await addSale(t, { ...of, photographerId: (await t.user('photographer')).id, photos: 3 })
  await t.db.update(orders).set({ email: 'Other@test.example' }).where(eq(orders.id, other.orderId))
  const { since, sold, refused } = await read(photographer)
  expect(since).toBe(seven().toISOString())
  expect(sold).toMatchObject({ earned: { amount: 15_000 }, refunded: { amount: 0 }, photos: 4, buyers: 2 })
  const shown = sold.best.map(({ photo, earned, times }) => [photo.id, earned.amount, times])
  expect(shown[0]).toEqual([first.photoIds[1], 6_000, 2])
  const once = [first.photoIds[0]!, again.photoIds[1]!, ...other.photoIds]
  expect(shown.slice(1)).toEqual(once.toSorted().map(id => [id, 3_000, 1]))
  expect(sold.best[0]).toMatchObject({ event: { id: event.id } })
  expect(refused).toEqual({ photos: 0, latest: [] })
})

test('a morning names the photos that were refused since, with the reason, and none that was deleted or refused before', async () => {
  const photographer = await t.user('photographer')
  const event = await t.event()
  await t.invite(event.id, photographer.id)
  const refuse = (rejectReason: string, decidedAt: Date) =>
    t.photo(event.id, photographer.id, { approval: 'rejected', rejectReason, decidedAt })
  await refuse('before', new Date(seven().getTime() - 1))
  const early = await refuse('blurred', seven())
  const late = await refuse('twice', t.deps.now())
  const gone = await refuse('dark', t.deps.now())
  await t.photo(event.id, photographer.id)
  const deleted = await t.app.inject({ method: 'DELETE', url: `/api/photos/${gone.id}`, headers: photographer.headers })
  expect(deleted.statusCode).toBe(200)
  const { sold, refused } = await read(photographer)
  expect(sold).toMatchObject({ earned: { amount: 0 }, photos: 0, buyers: 0, best: [] })
  expect(refused.photos).toBe(2)
  expect(refused.latest.map(({ photo, reason, fileName }) => [photo.id, reason, fileName])).toEqual([
    [late.id, 'twice', late.fileName],
    [early.id, 'blurred', early.fileName],
  ])
})

test('a morning counts the files of cameras that were refused since, with the reason, and none that was kept, left out or of somebody else', async () => {
  const photographer = await t.user('photographer')
  const event = await t.event()
  const login = async (photographerId: string) => {
    const id = t.deps.newId()
    const letters = id.replaceAll(/[^a-f2-9]/g, '').slice(-8)
    await t.db
      .insert(cameraLogins)
      .values({ id, eventId: event.id, photographerId, userName: `cam-${letters}`, passwordHash: '' })
    return id
  }
  const loginId = await login(photographer.id)
  const came = async (fileName: string, more: Partial<typeof cameraFiles.$inferInsert>) => {
    const at = t.deps.now()
    const file = { id: t.deps.newId(), loginId, fileName, claimedAt: at, createdAt: at, ...more }
    await t.db.insert(cameraFiles).values(file)
    return file.id
  }
  const refused = { outcome: 'refused', code: 'image_too_small' } as const
  await came('before.jpg', { ...refused, createdAt: new Date(seven().getTime() - 1) })
  const early = await came('early.jpg', { ...refused, createdAt: seven() })
  const late = await came('late.jpg', { outcome: 'refused', code: 'a_code_of_later' })
  await came('kept.jpg', { outcome: 'stored', photoId: t.deps.newId() })
  await came('raw.cr3', { outcome: 'raw' })
  await came('coming.jpg', {})
  await came('other.jpg', { ...refused, loginId: await login((await t.user('photographer')).id) })
  const { cameras } = await read(photographer)
  expect(cameras.refused).toBe(2)
  expect(cameras.latest.map(({ id, fileName, code, event: of }) => [id, fileName, code, of.id])).toEqual([
    [late, 'late.jpg', 'internal', event.id],
    [early, 'early.jpg', 'image_too_small', event.id],
  ])
})

test('a morning says what may be paid out now, when more may be and how much, what is on its way, and whether there is an account', async () => {
  const photographer = await t.user('photographer')
  const none = await read(photographer)
  const nothing = { amount: 0, currency: 'THB' }
  expect(none.payout).toEqual({
    onItsWay: nothing,
    ready: nothing,
    next: null,
    least: { amount: 10_000, currency: 'THB' },
    hasAccount: false,
  })
  const of = { eventId: (await t.event()).id, photographerId: photographer.id }
  const held = t.deps.settings.PAYOUT_HOLDING_DAYS * DAY
  const now = t.deps.now().getTime()
  await addSale(t, { ...of, photos: 4, at: new Date(now - held - HOUR) })
  const at = new Date(now - 2 * DAY)
  await addSale(t, { ...of, photos: 3, at })
  await addSale(t, { ...of, photos: 1 })
  await addBatch(t, { studioId: HOUSE_STUDIO, photographerId: photographer.id }, 'approved', { state: 'approved' })
  expect((await read(photographer)).payout).toMatchObject({
    onItsWay: { amount: 2_910 },
    ready: { amount: 12_000 },
    next: { at: new Date(at.getTime() + held).toISOString(), amount: { amount: 9_000 } },
    hasAccount: true,
  })
})

test('a refund of the morning is named beside what was earned, and is taken out of what is held', async () => {
  const photographer = await desk.earner(2, { at: t.deps.now() })
  expect((await desk.refund(photographer, 1)).statusCode).toBeLessThan(300)
  const { sold, payout } = await read(photographer)
  expect(sold).toMatchObject({ earned: { amount: 6_000 }, refunded: { amount: 3_000 }, photos: 2 })
  expect(payout).toMatchObject({ ready: { amount: 0 }, next: { amount: { amount: 3_000 } } })
})
