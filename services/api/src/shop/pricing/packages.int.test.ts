import { packages } from '@pix/db/schema/pricing.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'
import { packagesOfEvent } from './queries.ts'

const items = (...kinds: [kind: string, photoCount: number | null, amount: number][]) => ({
  items: kinds.map(([kind, photoCount, amount]) => ({
    kind,
    photoCount,
    name: { th: kind, en: kind },
    price: { amount, currency: 'THB' },
  })),
})

test('every event sells by the global packages until it has its own, and again when they are taken away', async () => {
  await using t = await testApp()
  const event = await t.event()
  const admin = await t.user('admin')
  const url = `/api/events/${event.id}/packages`
  const list = async () => (await t.app.inject({ url })).json<{ items: { name: { en: string } }[] }>().items
  const set = (payload: object) => t.app.inject({ method: 'POST', url, headers: admin.headers, payload })

  expect((await list()).map(item => item.name.en)).toEqual(['Single', 'Small bundle', 'Unlimited'])
  await set(items(['bundle', 3, 9_900]))
  expect((await list()).map(item => item.name.en)).toEqual(['bundle'])
  await set(items())
  expect(await list()).toHaveLength(3)
})

test('a package whose number of photos does not fit its kind is refused, field by field', async () => {
  await using t = await testApp()
  const event = await t.event()
  const admin = await t.user('admin')
  const answer = await t.app.inject({
    method: 'POST',
    url: `/api/events/${event.id}/packages`,
    headers: admin.headers,
    payload: items(['single', 1, 100], ['single', 2, 100], ['bundle', 1, 100], ['unlimited', 3, 100]),
  })
  expect(answer.statusCode).toBe(422)
  const paths = answer.json<{ errors: { path: string }[] }>().errors.map(error => error.path)
  expect(paths).toEqual([1, 2, 3].map(rank => `body.items.${rank}.photoCount`))
})

test('only an admin sets packages, and a planned event has none to see', async () => {
  await using t = await testApp()
  const event = await t.event({ status: 'planning' })
  const photographer = await t.user('photographer')
  const url = `/api/events/${event.id}/packages`
  expect((await t.app.inject({ url })).statusCode).toBe(404)
  const { headers } = photographer
  expect((await t.app.inject({ method: 'POST', url, headers, payload: items() })).statusCode).toBe(403)
})

test("a studio's list stands before the platform's, and an event's own before its studio's", async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [event, house] = [await t.event({ studioId: studio.id }), await t.event()]
  const add = (of: { studioId: string; eventId?: string }, nameEn: string) =>
    t.db
      .insert(packages)
      .values({ id: t.deps.newId(), ...of, kind: 'single', photoCount: 1, nameTh: '-', nameEn, price: 100 })
  const names = async (eventId: string) => (await packagesOfEvent(t.deps, eventId)).map(({ name }) => name.en)

  expect(await names(event.id)).toEqual(await names(house.id))
  await add({ studioId: studio.id }, 'of the studio')
  expect(await names(event.id)).toEqual(['of the studio'])
  expect(await names(house.id)).toHaveLength(3)
  await add({ studioId: studio.id, eventId: event.id }, 'of the event')
  expect(await names(event.id)).toEqual(['of the event'])
})

const thb = (amount: number) => ({ amount, currency: 'THB' as const })
const one = (name: string, price: number, more: object = {}) => ({
  kind: 'single',
  name: { th: name, en: name },
  photoCount: 1,
  price: thb(price),
  ...more,
})

test("a studio's list is changed, hidden, ordered and taken away on its own, and events sell by it at once", async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const event = await t.event({ studioId: studio.id })
  const manager = await t.member(studio.id, 'manager')
  const url = `/api/studios/${studio.id}/packages`
  const set = (...list: object[]) =>
    t.app.inject({ method: 'PUT', url, headers: manager.headers, payload: { items: list } })
  const sold = async () =>
    (await t.app.inject({ url: `/api/events/${event.id}/packages` }))
      .json<{ items: { name: { en: string } }[] }>()
      .items.map(({ name }) => name.en)

  const before = (await t.app.inject({ url, headers: manager.headers })).json()
  expect(before).toMatchObject({ isOwn: false, wider: { of: 'platform' } })
  expect(before.items).toHaveLength(3)
  const whole = { ...one('all of it', 90_000), kind: 'whole_event', photoCount: null }
  const answer = await set(one('b', 200), one('hidden', 100, { hidden: true }), whole)
  expect(answer.json()).toMatchObject({ isOwn: true, items: [{ hidden: false }, { hidden: true }, { hidden: false }] })
  expect(await sold()).toEqual(['b', 'all of it'])
  await set(whole, one('b', 200))
  expect(await sold()).toEqual(['all of it', 'b'])

  const ofEvent = (
    await t.app.inject({ url: `/api/admin/events/${event.id}/packages`, headers: manager.headers })
  ).json()
  expect(ofEvent).toMatchObject({ isOwn: false, wider: { of: 'studio' } })
  // A list whose packages are all hidden sells nothing; the wider list does not stand in.
  await set(one('hidden', 100, { hidden: true }))
  expect(await sold()).toEqual([])
  await set()
  expect(await sold()).toHaveLength(3)
})

test("who manages a studio cannot change the platform's list, and the platform's list cannot be emptied", async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const owner = await t.member(studio.id, 'owner')
  const admin = await t.user('admin')
  const put = (who: typeof owner, items: object[]) =>
    t.app.inject({ method: 'PUT', url: '/api/admin/packages', headers: who.headers, payload: { items } })
  expect((await put(owner, [one('x', 1)])).statusCode).toBe(403)
  for (const items of [[], [one('x', 1, { hidden: true })]]) expect((await put(admin, items)).statusCode).toBe(422)
  expect((await put(admin, [one('new', 7_000)])).json()).toMatchObject({ isOwn: true, wider: null })
  expect((await t.app.inject({ url: '/api/packages' })).json().items).toMatchObject([{ price: { amount: 7_000 } }])
})

test('of two people who change the same list at once, one is refused; a list that names no revision is replaced as it is', async () => {
  await using t = await testApp()
  const event = await t.event()
  const { headers } = await t.user('admin')
  const read = async () => (await t.app.inject({ url: `/api/admin/events/${event.id}/packages`, headers })).json()
  const set = (name: string, revision?: string) => {
    const payload = { items: name === '' ? [] : [one(name, 100)], revision }
    return t.app.inject({ method: 'POST', url: `/api/events/${event.id}/packages`, headers, payload })
  }
  const { revision } = await read()
  const both = await Promise.all([set('mine', revision), set('theirs', revision)])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  expect(both.find(({ statusCode }) => statusCode === 409)!.json().code).toBe('packages_changed')

  const now = await read()
  expect(now.items).toHaveLength(1)
  expect((await set('', now.revision)).json()).toMatchObject({ isOwn: false, revision })
  expect((await set('stale', now.revision)).statusCode).toBe(409)
  expect((await set('whatever')).statusCode).toBe(200)
})

test('an early-bird price is asked until its time, or until the event begins, and never after', async () => {
  await using t = await testApp()
  const admin = await t.user('admin')
  t.hold()
  const at = (ms: number) => new Date(t.deps.now().getTime() + ms).toISOString()
  const event = await t.event({ startsAt: new Date(at(7_200_000)), endsAt: new Date(at(9_000_000)) })
  const url = `/api/events/${event.id}/packages`
  const until = at(3_600_000)
  const set = (...list: object[]) =>
    t.app.inject({ method: 'POST', url, headers: admin.headers, payload: { items: list } })
  await set(
    one('until', 6_000, { early: { price: thb(4_000), until } }),
    one('begin', 6_000, { early: { price: thb(5_000), until: null } }),
  )
  const dear = await set(one('x', 6_000, { early: { price: thb(6_000), until: null } }))
  expect(dear.json()).toMatchObject({ status: 422, errors: [{ path: 'body.items.0.early.price' }] })
  const sold = async () =>
    (await t.app.inject({ url })).json<{ items: { price: { amount: number }; early?: object }[] }>().items
  expect(await sold()).toMatchObject([
    { price: { amount: 4_000 }, early: { until, regular: { amount: 6_000 } } },
    { price: { amount: 5_000 }, early: { until: event.startsAt.toISOString() } },
  ])
  t.forward(3_600_000)
  expect((await sold()).map(({ price, early }) => [price.amount, early === undefined])).toEqual([
    [6_000, true],
    [5_000, false],
  ])
  t.forward(3_600_000)
  expect((await sold()).map(({ price }) => price.amount)).toEqual([6_000, 6_000])
})
