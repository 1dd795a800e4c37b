import { type Cart, CART_MOST, type Carts } from '@pix/contracts/cart.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { events } from '@pix/db/schema/events.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { countStatements } from '../../testing/count-statements.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { addSearch } from '../../testing/add-search.ts'

async function shopWith(t: TestApp, count: number) {
  const event = await t.event()
  const photographer = await t.user('photographer')
  const made = await Promise.all(Array.from({ length: count }, () => t.photo(event.id, photographer.id)))
  const visitor = await t.visitor()
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
    t.app.inject({ method, url: `/api/cart${path}`, headers: visitor.headers, ...(payload ? { payload } : {}) })
  return { event, photographer, photoIds: made.map(photo => photo.id), visitor, send }
}

test('six photos cost a bundle and a single; a photo put in twice is in once', async () => {
  await using t = await testApp()
  const { photoIds, send } = await shopWith(t, 6)

  await send('POST', '/items', { photoIds })
  const answer = await send('POST', '/items', { photoIds: photoIds.slice(0, 2) })

  const cart = answer.json<Carts>().items[0]!
  expect(answer.statusCode).toBe(200)
  expect(cart.events).toHaveLength(1)
  expect(cart.events[0]?.items).toHaveLength(6)
  expect(cart.events[0]?.quote?.singly?.total.amount).toBe(36_000)
  expect(cart.total.amount).toBe(31_000)
  expect((await send('GET', '')).json()).toEqual({ items: [cart] })
  expect((await send('GET', '/summary')).json()).toEqual({
    photos: 6,
    total: cart.total,
    carts: [{ id: cart.id, studio: cart.studio, photos: 6, total: cart.total }],
  })
})

test('a cart is its own session’s: another visitor sees an empty one and cannot take photos out', async () => {
  await using t = await testApp()
  const { photoIds, send } = await shopWith(t, 1)
  const cart = (await send('POST', '/items', { photoIds })).json<Carts>().items[0]!
  const other = await t.visitor()

  expect((await t.app.inject({ url: '/api/cart', headers: other.headers })).json<Carts>().items).toEqual([])
  const url = `/api/cart/items/${cart.events[0]?.items[0]?.id}`
  expect((await t.app.inject({ method: 'DELETE', url, headers: other.headers })).statusCode).toBe(404)
  expect((await send('DELETE', `/items/${cart.events[0]?.items[0]?.id}`)).json<Carts>().items).toEqual([])
})

test('a cart is filled up to 500 photos and no further: one more is refused and the cart stays as it is', async () => {
  await using t = await testApp()
  const { event, photographer, photoIds, send } = await shopWith(t, 1)
  const [like] = await t.db.select().from(photos).where(eq(photos.id, photoIds[0]!))
  const rows = Array.from({ length: CART_MOST }, (_, at) => {
    const id = t.deps.newId()
    return { ...like!, id, eventId: event.id, photographerId: photographer.id, sha256: `${at}`.padStart(64, '0') }
  })
  await t.db.insert(photos).values(rows)
  expect((await send('POST', '/items', { photoIds: rows.map(({ id }) => id) })).statusCode).toBe(200)
  expect((await send('POST', '/items', { photoIds })).json()).toMatchObject({ status: 409, code: 'cart_full' })
  expect((await send('GET', '')).json<Carts>().items[0]!.events[0]!.items).toHaveLength(CART_MOST)
})

test('photos of several events lie side by side, each event with its own price and choice, and one total', async () => {
  await using t = await testApp()
  const first = await shopWith(t, 5)
  const second = await shopWith(t, 1)
  await first.send('POST', '/items', { photoIds: first.photoIds })
  const both = (await first.send('POST', '/items', { photoIds: second.photoIds })).json<Carts>().items[0]!
  expect(both.events.map(({ event, items }) => [event.id, items.length])).toEqual([
    [first.event.id, 5],
    [second.event.id, 1],
  ])
  expect(both.events.map(({ quote }) => quote?.chosen.total.amount)).toEqual([25_000, 6_000])
  expect(both.total.amount).toBe(31_000)

  const single = both.events[0]!.quote!.singly!.lines[0]!.package.id
  const chosen = await first.send('PUT', '/package', { eventId: first.event.id, choice: single })
  expect(chosen.json<Carts>().items[0]!.events.map(({ choice }) => choice)).toEqual([single, 'auto'])
  expect(chosen.json<Carts>().items[0]!.total.amount).toBe(36_000)
})

test('photos of two events go in with one request, and none goes in where one event does not sell', async () => {
  await using t = await testApp()
  const first = await shopWith(t, 1)
  const second = await shopWith(t, 1)
  const photoIds = [...first.photoIds, ...second.photoIds]
  expect((await first.send('POST', '/items', { photoIds })).json<Carts>().items[0]!.events).toHaveLength(2)

  await t.db.update(events).set({ status: 'closed' }).where(eq(events.id, second.event.id))
  const refused = await second.send('POST', '/items', { photoIds })
  expect(refused.json()).toMatchObject({ status: 409, code: 'photo_not_for_sale' })
  expect((await second.send('GET', '')).json<Carts>().items).toEqual([])
  // What lay in a cart when its event closed is shown and not charged; the rest is.
  const left = (await first.send('GET', '')).json<Carts>().items[0]!
  expect(left.events.map(({ quote }) => quote === null)).toEqual([false, true])
  expect(left.total.amount).toBe(6_000)
})

test('a photo withdrawn while in the cart is shown as unavailable and not charged', async () => {
  await using t = await testApp()
  const { photoIds, send } = await shopWith(t, 2)
  await send('POST', '/items', { photoIds })
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked' }).where(eq(photos.id, photoIds[0]!))

  const cart = (await send('GET', '')).json<Carts>().items[0]!
  const [part] = cart.events
  expect(part!.items.map(item => item.available)).toEqual(part!.items.map(item => item.photo.id !== photoIds[0]))
  expect(cart.total.amount).toBe(6_000)
  expect((await send('GET', '/summary')).json()).toMatchObject({ photos: 1, total: cart.total })
})

test('unknown and unapproved photos do not exist, and an event outside its sales dates sells nothing', async () => {
  await using t = await testApp()
  const { event, photographer, photoIds, send } = await shopWith(t, 1)
  const pending = await t.photo(event.id, photographer.id, { approval: 'pending' })
  expect((await send('POST', '/items', { photoIds: [t.deps.newId()] })).statusCode).toBe(404)
  expect((await send('POST', '/items', { photoIds: [pending.id] })).statusCode).toBe(404)

  await t.db
    .update(events)
    .set({ salesEnd: new Date(Date.now() - 1_000) })
    .where(eq(events.id, event.id))
  expect((await send('POST', '/items', { photoIds })).json()).toMatchObject({ code: 'photo_not_for_sale' })
})

test('Unlimited is offered for this session’s own sure and likely matches only', async () => {
  await using t = await testApp()
  const { event, photoIds, visitor, send } = await shopWith(t, 3)
  const stranger = await t.visitor()
  await send('POST', '/items', { photoIds })

  await addSearch(t, { sessionId: stranger.sessionId, eventId: event.id, photoIds: photoIds, band: 'sure' })
  await addSearch(t, { sessionId: visitor.sessionId, eventId: event.id, photoIds: photoIds, band: 'maybe' })
  expect((await send('GET', '')).json<Carts>().items[0]!.events[0]?.quote?.unlimited).toBeNull()

  const searchId = await addSearch(t, {
    sessionId: visitor.sessionId,
    eventId: event.id,
    photoIds: photoIds.slice(0, 2),
    band: 'sure',
  })
  const { unlimited } = (await send('GET', '')).json<Carts>().items[0]!.events[0]!.quote!
  expect(unlimited).toMatchObject({ searchId, extraPhotoIds: [photoIds[2]], offer: { total: { amount: 50_000 } } })
})

test('photos by hand are counted from all that the search found, not from what of it is in the cart', async () => {
  await using t = await testApp({ settings: { UNLIMITED_EXTRA_MIN: '1', UNLIMITED_CAP: '4' } })
  const { event, photographer, photoIds, visitor, send } = await shopWith(t, 10)
  const byHand = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)].map(
    ({ id }) => id,
  )
  const searchId = await addSearch(t, {
    sessionId: visitor.sessionId,
    eventId: event.id,
    photoIds: photoIds,
    band: 'sure',
  })
  const cart = (await send('POST', '/items', { photoIds: [photoIds[0]!, ...byHand] })).json<Carts>().items[0]!
  const { unlimited, ways } = cart.events[0]!.quote!
  expect(unlimited).toMatchObject({ searchId, extraPhotoIds: byHand.toSorted() })
  const people = [{ searchId, matches: 10, photos: 3, byHand: byHand.toSorted() }]
  expect(ways.at(-1)?.offer.lines).toMatchObject([{ people, package: { limits: { cap: 4, extraPercent: 20 } } }])

  // What the buyer took out of the search, and what is not sold any more, found nobody.
  await t.db.update(searchMatches).set({ hidden: true }).where(eq(searchMatches.photoId, photoIds[1]!))
  const fewer = (await send('GET', '')).json<Carts>().items[0]!.events[0]!.quote!
  expect(fewer.unlimited).toBeNull()
  const four = await send('POST', '/items', { photoIds: photoIds.slice(2, 6) })
  expect(four.json<Carts>().items[0]!.events[0]!.quote!.unlimited).toBeNull()
})

test('a cart is read with as many statements however many events it holds', async () => {
  await using t = await testApp()
  const first = await shopWith(t, 1)
  await first.send('POST', '/items', { photoIds: first.photoIds })
  const read = async () => {
    const counted = countStatements(t)
    await first.send('GET', '')
    return counted()
  }
  await read()
  const one = await read()
  for (let more = 0; more < 3; more += 1) {
    const { photoIds } = await shopWith(t, 1)
    await first.send('POST', '/items', { photoIds })
  }
  expect(await read()).toBe(one)
})

test('an explicit choice is kept while it fits, and falls back to the cheapest when it does not', async () => {
  await using t = await testApp()
  const { event, photoIds, send } = await shopWith(t, 5)
  const choose = (choice: string, eventId = event.id) => send('PUT', '/package', { eventId, choice })
  expect((await choose('auto')).json()).toMatchObject({ code: 'cart_empty' })
  const part = (await send('POST', '/items', { photoIds })).json<Carts>().items[0]!.events[0]!
  const single = part.quote!.singly!.lines[0]!.package.id

  expect((await choose(single)).json<Carts>().items[0]!).toMatchObject({
    events: [{ choice: single, quote: { chosen: { total: { amount: 30_000 } } } }],
    total: { amount: 30_000 },
  })
  const unlimited = '019aa000-0000-7000-8000-000000000003'
  for (const unfit of [unlimited, t.deps.newId()])
    expect((await choose(unfit)).json()).toMatchObject({ code: 'package_not_valid' })
  expect((await choose(single, t.deps.newId())).json()).toMatchObject({ code: 'cart_empty' })
  expect((await send('GET', '')).json<Carts>().items[0]!.events[0]?.choice).toBe(single)

  expect((await choose('auto')).json<Carts>().items[0]!.total.amount).toBe(25_000)
})

const choices = (cart: Cart) => new Map(cart.events.map(part => [part.event.id, part.choice]))

test("a choice of package goes with the last photo of its event, and another event's stays", async () => {
  await using t = await testApp()
  const { event, photographer, photoIds, send } = await shopWith(t, 2)
  const other = await t.event()
  const there = await t.photo(other.id, photographer.id)
  const added = (await send('POST', '/items', { photoIds: [...photoIds, there.id] })).json<Carts>().items[0]!
  const single = added.events[0]!.quote!.singly!.lines[0]!.package.id
  for (const eventId of [event.id, other.id]) await send('PUT', '/package', { eventId, choice: single })

  const mine = added.events.find(part => part.event.id === event.id)!
  await send('DELETE', `/items/${mine.items[0]!.id}`)
  expect(choices((await send('GET', '')).json<Carts>().items[0]!).get(event.id)).toBe(single)
  await send('DELETE', `/items/${mine.items[1]!.id}`)
  const again = (await send('POST', '/items', { photoIds })).json<Carts>().items[0]!
  expect(choices(again)).toEqual(
    new Map([
      [event.id, 'auto'],
      [other.id, single],
    ]),
  )
})

test('photos of two studios go into two carts, each with its own total, and stay apart when one is taken out', async () => {
  await using t = await testApp()
  const house = await shopWith(t, 1)
  const studio = await t.studio()
  const other = await t.event({ studioId: studio.id })
  const theirs = [await t.photo(other.id, house.photographer.id), await t.photo(other.id, house.photographer.id)]
  const photoIds = [...house.photoIds, ...theirs.map(photo => photo.id)]
  const { items } = (await house.send('POST', '/items', { photoIds })).json<Carts>()
  expect(items.map(cart => [cart.studio.id, cart.events.length, cart.total.amount]).toSorted()).toEqual(
    [
      [HOUSE_STUDIO, 1, 6_000],
      [studio.id, 1, 12_000],
    ].toSorted(),
  )
  const [taken] = items.find(cart => cart.studio.id === studio.id)!.events[0]!.items
  const left = (await house.send('DELETE', `/items/${taken!.id}`)).json<Carts>().items
  expect(left.map(cart => cart.total.amount)).toEqual([6_000, 6_000])
  const single = left[0]!.events[0]!.quote!.singly!.lines[0]!.package.id
  const chosen = (await house.send('PUT', '/package', { eventId: other.id, choice: single })).json<Carts>().items
  expect(chosen.map(cart => [cart.studio.id, cart.events[0]!.choice])).toContainEqual([studio.id, single])
  expect((await house.send('POST', '/clear')).json()).toEqual({ items: [] })
})
