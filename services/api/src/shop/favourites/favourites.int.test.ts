import { FAVOURITES_MOST, type FavouriteEvent, type UnseenFavourites } from '@pix/contracts/favourites.ts'
import { events } from '@pix/db/schema/events.ts'
import { favourites } from '@pix/db/schema/favourites.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

type Headers = Record<string, string>

const send = (t: TestApp, headers: Headers) => ({
  add: async (...photoIds: string[]) =>
    (await t.app.inject({ method: 'PUT', url: '/api/me/favourites', payload: { photoIds }, headers })).statusCode,
  remove: async (photoId: string) =>
    (await t.app.inject({ method: 'DELETE', url: `/api/me/favourites/${photoId}`, headers })).statusCode,
  list: async (): Promise<{ items: FavouriteEvent[]; unseen: UnseenFavourites }> => {
    const answer = await t.app.inject({ url: '/api/me/favourites', headers })
    expect(answer.headers['cache-control']).toBe('no-store')
    return answer.json()
  },
  ids: async (eventId: string): Promise<string[]> =>
    (await t.app.inject({ url: `/api/me/favourites/ids?eventId=${eventId}`, headers })).json().ids,
})
const sha256 = (id: string) => id.replaceAll('-', '').repeat(2)
const shown = ({ items }: { items: FavouriteEvent[] }) =>
  items.map(item => [item.event.id, item.photos.map(({ photo, bought }) => [photo.id, bought])])

async function openApp() {
  const t = await testApp()
  const [event, photographer, visitor] = [await t.event(), await t.user('photographer'), await t.visitor()]
  const take = (eventId = event.id) => t.photo(eventId, photographer.id)
  return Object.assign(t, { run: event, guest: visitor, take })
}

test('photos are kept once for the session that kept them, by event with its packages, and are gone when they are taken out', async () => {
  await using t = await openApp()
  const [a, b] = [await t.take(), await t.take()]
  const own = send(t, t.guest.headers)
  expect([await own.add(a.id), await own.add(b.id, a.id, b.id)]).toEqual([204, 204])

  const list = await own.list()
  expect(shown(list)).toEqual([
    [
      t.run.id,
      [
        [b.id, false],
        [a.id, false],
      ],
    ],
  ])
  expect([list.items[0]!.onSaleNow, list.items[0]!.packages.length > 0]).toEqual([true, true])
  expect(list.unseen).toEqual({ withdrawn: 0, locked: 0, elsewhere: 0 })
  expect((await own.ids(t.run.id)).toSorted()).toEqual([a.id, b.id].toSorted())
  expect(await own.ids((await t.event()).id)).toEqual([])

  const other = send(t, (await t.visitor()).headers)
  expect([shown(await other.list()), await other.remove(a.id)]).toEqual([[], 204])
  expect(await own.ids(t.run.id)).toHaveLength(2)
  // Twice, as two tabs do it.
  expect([await own.remove(a.id), await own.remove(a.id)]).toEqual([204, 204])
  expect(await own.ids(t.run.id)).toEqual([b.id])
})

test('a bought favourite says so, one that is hidden or of an event that nobody sees is only counted, and a deleted one is gone', async () => {
  await using t = await openApp()
  const other = await t.event()
  const [bought, hidden, deleted, elsewhere] = [await t.take(), await t.take(), await t.take(), await t.take(other.id)]
  const own = send(t, t.guest.headers)
  expect(await own.add(bought.id, hidden.id, deleted.id, elsewhere.id)).toBe(204)
  await addPaidOrder(t.db, t.guest.sessionId, [bought])
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, hidden.id))
  await t.db.delete(photos).where(eq(photos.id, deleted.id))
  await t.db.update(events).set({ status: 'archived' }).where(eq(events.id, other.id))

  const list = await own.list()
  const unseen = { withdrawn: 2, locked: 0, elsewhere: 0 }
  expect([shown(list), list.unseen]).toEqual([[[t.run.id, [[bought.id, true]]]], unseen])
  // What nobody sees cannot be kept either, nor learned of; what is kept can be taken out.
  expect([await own.add(hidden.id), await own.add(elsewhere.id), await own.remove(hidden.id)]).toEqual([404, 404, 204])
  // A closed event is looked at, and sells nothing.
  await t.db.update(events).set({ status: 'closed' }).where(eq(events.id, t.run.id))
  expect((await own.list()).items[0]!.onSaleNow).toBe(false)
})

test('what is not shown is counted by its reason: withdrawn, of an event by code, of another studio', async () => {
  await using t = await testApp({ settings: { ROOT_DOMAIN: 'shop.test' } })
  const [photographer, customer] = [await t.user('photographer'), await t.user('customer')]
  const [moon, sun] = [await t.studio({ slug: 'moon' }), await t.studio({ slug: 'sun' })]
  const shop = send(t, (await t.visitor(customer)).headers)
  const own = await t.event({ studioId: moon.id })
  const theirs = await t.event({ studioId: sun.id, status: 'closed' })
  const byCode = await t.event({ studioId: moon.id })
  const kept = []
  for (const event of [own, own, theirs, theirs, theirs, byCode]) kept.push(await t.photo(event.id, photographer.id))
  expect(await shop.add(...kept.map(({ id }) => id))).toBe(204)
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, kept[1]!.id))
  await t.db.update(photos).set({ approval: 'rejected', rejectReason: 'asked to' }).where(eq(photos.id, kept[2]!.id))
  await t.db.update(events).set({ visibility: 'code', codeHash: 'not-entered' }).where(eq(events.id, byCode.id))

  const market = await shop.list()
  expect(market.unseen).toEqual({ withdrawn: 2, locked: 1, elsewhere: 0 })
  expect(market.items.map(({ event, photos: some }) => [event.id, some.length])).toEqual([
    [theirs.id, 2],
    [own.id, 1],
  ])
  const there = await send(t, { ...(await t.visitor(customer)).headers, host: 'moon.shop.test' }).list()
  expect(there.unseen).toEqual({ withdrawn: 1, locked: 1, elsewhere: 3 })
})

test('what a guest kept joins the account at the first look after the sign-in, on all its devices, and stays when the session goes', async () => {
  await using t = await openApp()
  const customer = await t.user('customer')
  const [a, b] = [await t.take(), await t.take()]
  const tablet = await t.visitor(customer)
  await send(t, tablet.headers).add(a.id)
  const phone = send(t, t.guest.headers)
  await phone.add(a.id, b.id)

  await t.signIn(t.guest.sessionId, customer.id)
  expect((await phone.ids(t.run.id)).toSorted()).toEqual([a.id, b.id].toSorted())
  expect((await send(t, tablet.headers).ids(t.run.id)).toSorted()).toEqual([a.id, b.id].toSorted())
  expect(await t.db.select().from(favourites)).toMatchObject([
    { userId: customer.id, sessionId: null },
    { userId: customer.id, sessionId: null },
  ])
})

test('there are at most so many favourites, and what is too much is not taken', async () => {
  await using t = await openApp()
  const own = send(t, t.guest.headers)
  const many = Array.from({ length: FAVOURITES_MOST }, () => t.deps.newId())
  const {
    id: _,
    sha256: __,
    ...like
  } = (
    await t.db
      .select()
      .from(photos)
      .where(eq(photos.id, (await t.take()).id))
  )[0]!
  await t.db.insert(photos).values(many.map(id => ({ ...like, id, sha256: sha256(id) })))
  expect(await own.add(...many)).toBe(204)
  expect(await own.add((await t.take()).id)).toBe(409)
  expect(await own.add(many[0]!)).toBe(204)
  expect(await own.ids(t.run.id)).toHaveLength(FAVOURITES_MOST)
})
