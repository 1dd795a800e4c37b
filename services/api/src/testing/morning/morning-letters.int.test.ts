import { users } from '@pix/db/schema/auth.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueFirstSales } from '../../money/payments/index.ts'
import { addSale } from '../../money/payouts/testing.ts'
import { writeMorningLetters } from '../../money/revenue/morning/morning-letters.ts'
import { stopToken } from '../../people/accounts/index.ts'
import { testApp, type TestApp } from '../test-app.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const UNCHOSEN = { morning: true, firstSale: true, refused: true, organized: true, locale: 'th' }

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())

/** 07:00 of today in Bangkok, and the sweep as it runs some minutes later. */
const seven = () => Date.parse(`${bangkokDay(t.deps.now())}T07:00:00+07:00`)
const sweep = (at = seven() + 5 * 60_000) => writeMorningLetters({ ...t.system, now: () => new Date(at) })
const lettersTo = ({ email }: { email: string }) =>
  t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, email))

const choose = ({ headers }: { headers: Record<string, string> }, payload: object) =>
  t.app.inject({ method: 'PUT', url: '/api/me/letters', headers, payload })

/** A camera of theirs sent a file, which was refused. */
async function refuseFile({ id, eventId }: { id: string; eventId: string }, createdAt: Date) {
  const loginId = t.deps.newId()
  const userName = `cam-${loginId.replaceAll(/[^a-f2-9]/g, '').slice(-8)}`
  await t.db.insert(cameraLogins).values({ id: loginId, eventId, photographerId: id, userName, passwordHash: '' })
  const file = { id: t.deps.newId(), loginId, fileName: 'IMG_1.MOV', claimedAt: createdAt, createdAt }
  await t.db.insert(cameraFiles).values({ ...file, outcome: 'refused', code: 'unsupported_format' })
}

async function photographer() {
  const user = await t.user('photographer')
  const event = await t.event({ nameEn: `Run ${user.id}` })
  return { ...user, eventId: event.id, of: { eventId: event.id, photographerId: user.id } }
}

test('who sold something since the morning before gets one letter, however often and by how many it is swept', async () => {
  const [seller, other, none] = [await photographer(), await photographer(), await photographer()]
  await addSale(t, { ...seller.of, photos: 3, at: new Date(seven() - DAY) })
  await addSale(t, { ...seller.of, photos: 1, at: new Date(seven() - 1) })
  await addSale(t, { ...other.of, photos: 1, at: new Date(seven() - HOUR) })
  await addSale(t, { ...none.of, photos: 1, at: new Date(seven()) })
  await addSale(t, { ...none.of, photos: 1, at: new Date(seven() - DAY - 1) })
  await Promise.all([sweep(), sweep()])
  expect(await sweep()).toBe(0)
  const [letter, ...more] = await lettersTo(seller)
  expect(more).toEqual([])
  expect(letter).toMatchObject({
    template: 'photographer_morning',
    locale: 'th',
    path: '/photographer',
    facts: { baht: '฿120', buyers: '1', photos: '4' },
    secrets: { stop: stopToken(t.deps, { userId: seller.id, choice: 'morning' }) },
  })
  expect(await lettersTo(other)).toHaveLength(1)
  expect(await lettersTo(none)).toEqual([])
  await sweep(seven() + DAY)
  expect(await lettersTo(none)).toHaveLength(1)
})

test('refused photos are in the letter of a morning with sales, else in one of their own that leads to them', async () => {
  const [seller, refused] = [await photographer(), await photographer()]
  const at = new Date(seven() - HOUR)
  for (const one of [seller, refused])
    await t.photo(one.eventId, one.id, { approval: 'rejected', rejectReason: 'blurred', decidedAt: at })
  await addSale(t, { ...seller.of, photos: 1, at })
  await sweep()
  expect(await lettersTo(seller)).toMatchObject([{ template: 'photographer_morning', facts: { refused: '1' } }])
  const [letter] = await lettersTo(refused)
  expect(letter).toMatchObject({
    template: 'photos_refused',
    path: `/photographer/events/${refused.eventId}/photos?show=rejected`,
    facts: { refused: '1' },
  })
  expect(letter!.facts['reasons']).toContain('blurred')
})

test('files of cameras that were refused are in the same letters, and have one of their own where nothing else was', async () => {
  const [seller, refused, cameras, quiet] = [
    await photographer(),
    await photographer(),
    await photographer(),
    await photographer(),
  ]
  const at = new Date(seven() - HOUR)
  for (const one of [seller, refused, cameras, quiet]) await refuseFile(one, at)
  await refuseFile(cameras, new Date(seven()))
  await addSale(t, { ...seller.of, photos: 1, at })
  await t.photo(refused.eventId, refused.id, { approval: 'rejected', rejectReason: 'blurred', decidedAt: at })
  await choose(quiet, { ...UNCHOSEN, refused: false })
  await sweep()
  const files = { files: '1', named: 'IMG_1.MOV' }
  expect(await lettersTo(seller)).toMatchObject([{ template: 'photographer_morning', facts: files }])
  expect(await lettersTo(refused)).toMatchObject([{ template: 'photos_refused', facts: { refused: '1', ...files } }])
  expect(await lettersTo(cameras)).toMatchObject([
    {
      template: 'camera_files_refused',
      facts: files,
      path: `/photographer/events/${cameras.eventId}/cameras`,
      secrets: { stop: stopToken(t.deps, { userId: cameras.id, choice: 'refused' }) },
    },
  ])
  expect(await lettersTo(quiet)).toEqual([])
})

test('who chose not to gets no such letter, nor who is suspended; the language is as chosen', async () => {
  const [quiet, english, suspended] = [await photographer(), await photographer(), await photographer()]
  const all = { morning: true, firstSale: true, refused: true, organized: true, locale: 'en' }
  expect((await choose(quiet, { ...all, morning: false })).statusCode).toBe(200)
  expect((await choose(english, all)).json()).toEqual(all)
  await t.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, suspended.id))
  for (const { of } of [quiet, english, suspended]) await addSale(t, { ...of, photos: 1, at: new Date(seven() - HOUR) })
  await sweep()
  expect(await lettersTo(quiet)).toEqual([])
  expect(await lettersTo(suspended)).toEqual([])
  expect(await lettersTo(english)).toMatchObject([{ locale: 'en' }])
})

test('the link below a letter ends that kind without a sign-in: by a mail program’s post, never by looking', async () => {
  const someone = await photographer()
  const token = stopToken(t.deps, { userId: someone.id, choice: 'refused' })
  const read = async () => (await t.app.inject({ url: '/api/me/letters', headers: someone.headers })).json()
  const looked = await t.app.inject({ url: `/api/letters/stop?token=${token}` })
  expect([looked.statusCode, looked.headers.location]).toEqual([302, `${t.deps.storefront.origin}/letters#${token}`])
  expect(await read()).toEqual(UNCHOSEN)
  const post = (of: string) =>
    t.app.inject({
      method: 'POST',
      url: `/api/letters/stop?token=${of}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
  for (const wrong of [`${token}x`, token.replace('refused', 'morning'), token.replace(someone.id, t.deps.newId())])
    expect((await post(wrong)).statusCode).toBe(410)
  for (let again = 0; again < 2; again += 1) expect((await post(token)).statusCode).toBe(204)
  expect(await read()).toEqual({ ...UNCHOSEN, refused: false })
})

test('the first sale at an event writes one letter, however often it is written; a later sale writes none', async () => {
  const seller = await photographer()
  const [first, second] = [await addSale(t, { ...seller.of, photos: 2 }), await photographer()]
  const write = (orderId: string) => t.db.transaction(tx => queueFirstSales(t.system, tx, orderId))
  await Promise.all([write(first.orderId), write(first.orderId)])
  const later = await addSale(t, { ...seller.of, photos: 1 })
  await write(later.orderId)
  const of = and(eq(outgoingMail.template, 'first_sale'), eq(outgoingMail.recipient, seller.email))
  const letters = await t.db.select().from(outgoingMail).where(of)
  expect(letters).toMatchObject([{ facts: { event: 'งานวิ่ง', baht: '฿60' } }])
  expect(await lettersTo(second)).toEqual([])
})
