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
  const names = async (eventId: string) => (await packagesOfEvent(t.db, eventId)).map(({ name }) => name.en)

  expect(await names(event.id)).toEqual(await names(house.id))
  await add({ studioId: studio.id }, 'of the studio')
  expect(await names(event.id)).toEqual(['of the studio'])
  expect(await names(house.id)).toHaveLength(3)
  await add({ studioId: studio.id, eventId: event.id }, 'of the event')
  expect(await names(event.id)).toEqual(['of the event'])
})
