import type { Output } from '@pix/contracts/client.ts'
import type { readPhotographerOffer } from '@pix/contracts/photographer-offer.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'

type Offer = Output<typeof readPhotographerOffer>

let versions = 100
/** A rule that gives photographers so much, and the platform the rest. */
const rule = (t: TestApp, photographerBp: number, of: Partial<typeof splitRules.$inferInsert> = {}) =>
  t.db.insert(splitRules).values({
    id: t.deps.newId(),
    version: (versions += 1),
    startsAt: t.deps.now(),
    platformBp: 10_000 - photographerBp,
    photographerBp,
    organizerBp: 0,
    ...of,
  })
const offerAt = async (t: TestApp, host: string) =>
  (await t.app.inject({ url: '/api/photographer-offer', headers: { host } })).json<Offer>()
const shareAt = async (t: TestApp, host = 'shop.test') => (await offerAt(t, host)).share

test('what photographers get is what the rules in force say, from the moment that they begin', async () => {
  await using t = await testApp({ settings: { PAYOUT_LEAST_BAHT: '250', PAYOUT_HOLDING_DAYS: '9' } })
  expect(await offerAt(t, 'shop.test')).toMatchObject({
    share: { leastBp: 5_000, mostBp: 5_000 },
    vatBp: 0,
    feeBp: 0,
    payouts: { least: { amount: 25_000, currency: 'THB' }, holdingDays: 9 },
  })
  await rule(t, 4_500)
  expect(await shareAt(t)).toEqual({ leastBp: 4_500, mostBp: 4_500 })
  await rule(t, 9_000, { startsAt: new Date(t.deps.now().getTime() + 60_000) })
  expect(await shareAt(t)).toEqual({ leastBp: 4_500, mostBp: 4_500 })
  t.forward(60_000)
  expect(await shareAt(t)).toEqual({ leastBp: 9_000, mostBp: 9_000 })
  await rule(t, 6_000, { category: 'concert' })
  expect(await shareAt(t)).toEqual({ leastBp: 6_000, mostBp: 9_000 })
})

test('a studio’s storefront says what its own rules give, the platform’s where it has none, and nothing where nothing is paid', async () => {
  await using t = await testApp()
  t.hold()
  const [own, other] = [await t.studio({ slug: 'own' }), await t.studio({ slug: 'other' })]
  const photographerId = (await t.user('photographer')).id
  await rule(t, 7_000, { studioId: own.id })
  await rule(t, 1_000, { studioId: own.id, eventId: (await t.event({ studioId: own.id })).id })
  await rule(t, 1_000, { studioId: own.id, photographerId })
  expect(await shareAt(t, 'own.shop.test')).toEqual({ leastBp: 7_000, mostBp: 7_000 })
  expect(await shareAt(t, 'other.shop.test')).toEqual({ leastBp: 5_000, mostBp: 5_000 })
  expect(await shareAt(t)).toEqual({ leastBp: 5_000, mostBp: 5_000 })
  await rule(t, 0, { studioId: other.id })
  expect(await shareAt(t, 'other.shop.test')).toBeNull()
})

test('what a package earns is reckoned as a sale is: VAT and the fee come off, then the share is taken', async () => {
  await using t = await testApp()
  await t.db.insert(splitDeductions).values({ studioId: HOUSE_STUDIO, vatBp: 700, feeBp: 300 })
  await rule(t, 6_000, { category: 'concert' })
  const { packages, ...offer } = await offerAt(t, 'shop.test')
  expect(offer).toMatchObject({ share: { leastBp: 5_000, mostBp: 6_000 }, vatBp: 700, feeBp: 300 })
  const listed = (await t.app.inject({ url: '/api/packages' })).json<{ items: { id: string; price: unknown }[] }>()
  expect(packages.map(({ id, price }) => ({ id, price }))).toEqual(listed.items.map(({ id, price }) => ({ id, price })))
  for (const { price, least, most } of packages) {
    const net = price.amount - Math.round((price.amount * 7) / 107) - Math.round(price.amount * 0.03)
    expect(Math.abs(least.amount - net * 0.5)).toBeLessThan(1)
    expect(Math.abs(most.amount - net * 0.6)).toBeLessThan(1)
  }
})
