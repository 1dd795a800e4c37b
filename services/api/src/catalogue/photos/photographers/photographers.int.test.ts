import { users } from '@pix/db/schema/auth.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

type Headers = Record<string, string>
const MINE = { slug: 'nok-sports', name: 'Nok Sports', about: 'ถ่ายงานวิ่งที่เชียงใหม่', shown: true }

const put = (t: TestApp, headers: Headers, payload: object) =>
  t.app.inject({ method: 'PUT', url: '/api/photographer/me/profile', headers, payload })
const get = async (t: TestApp, url: string, headers: Headers = {}) =>
  (await t.app.inject({ url: `/api${url}`, headers })).json()

/** Two photographers of an event: `nok` has two photos on sale and one that waits, `som` one. */
async function scene(t: TestApp) {
  const [event, nok, som] = [
    await t.event(),
    await t.user('photographer', { name: 'Account of Nok' }),
    await t.user('photographer', { name: 'Som' }),
  ]
  const mine = [await t.photo(event.id, nok.id), await t.photo(event.id, nok.id)]
  await t.photo(event.id, nok.id, { approval: 'pending' })
  const theirs = await t.photo(event.id, som.id)
  return { event, nok, som, mine: mine.map(({ id }) => id).toSorted(), theirs: theirs.id }
}

test('an event names who took its photos on sale, most photos first, and its gallery is narrowed to one of them', async () => {
  await using t = await testApp()
  const { event, nok, som, mine, theirs } = await scene(t)
  expect((await get(t, `/events/${event.slug}`)).photographers).toEqual([
    { id: nok.id, name: 'Account of Nok', slug: null, photoCount: 2 },
    { id: som.id, name: 'Som', slug: null, photoCount: 1 },
  ])

  const list = async (query: string) => get(t, `/events/${event.id}/photos?${query}`)
  const first = await list(`photographer=${nok.id}&limit=1`)
  const second = await list(`photographer=${nok.id}&limit=1&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ id }: { id: string }) => id).toSorted()).toEqual(mine)
  expect(second.nextCursor).toBeNull()

  const { ids, photographers, takenBy } = await get(t, `/events/${event.id}/photos/layout`)
  const by = new Map(ids.map((id: string, at: number) => [id, photographers[takenBy[at]]]))
  expect(by).toEqual(new Map([...mine.map(id => [id, nok.id]), [theirs, som.id]] as [string, string][]))
})

test('a public page says what its photographer wrote and counts public events alone; its name stands at the event, too', async () => {
  await using t = await testApp()
  const { event, nok } = await scene(t)
  for (const hidden of [{ visibility: 'link' }, { status: 'planning' }] as const)
    await t.photo((await t.event(hidden)).id, nok.id)
  expect((await put(t, nok.headers, MINE)).json()).toEqual({ portfolio: MINE })
  expect(await get(t, '/photographer/me/profile', nok.headers)).toEqual({ portfolio: MINE })

  const { shown: _, ...said } = MINE
  expect(await get(t, '/photographers/nok-sports')).toEqual({ ...said, eventCount: 1, photoCount: 2 })
  expect((await get(t, '/events?photographer=nok-sports')).items.map(({ id }: { id: string }) => id)).toEqual([
    event.id,
  ])
  expect((await get(t, `/events/${event.slug}`)).photographers[0]).toMatchObject({
    name: 'Nok Sports',
    slug: 'nok-sports',
  })
})

test('a page that is not shown, and one of an account that is suspended or deleted, is as one that never was', async () => {
  await using t = await testApp()
  const { event, nok } = await scene(t)
  const isGone = async () => {
    expect(await get(t, '/photographers/nok-sports')).toMatchObject({ status: 404, code: 'not_found' })
    expect((await get(t, '/events?photographer=nok-sports')).items).toEqual([])
  }
  await put(t, nok.headers, { ...MINE, shown: false })
  await isGone()
  const hidden = (await get(t, `/events/${event.slug}`)).photographers
  expect(hidden[0]).toMatchObject({ name: 'Account of Nok', slug: null })

  await put(t, nok.headers, MINE)
  await t.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, nok.id))
  await isGone()
  expect((await get(t, `/events/${event.slug}`)).photographers[0]).toMatchObject({ slug: null })
  await t.db.update(users).set({ suspendedAt: null, deletedAt: new Date() }).where(eq(users.id, nok.id))
  await isGone()
  expect((await get(t, `/events/${event.slug}`)).photographers).toHaveLength(1)
})

test('an address belongs to one photographer, and is kept by whom it belongs to', async () => {
  await using t = await testApp()
  const { nok, som } = await scene(t)
  expect((await put(t, nok.headers, { ...MINE, shown: false })).statusCode).toBe(200)
  expect((await put(t, som.headers, MINE)).json()).toMatchObject({ status: 409, code: 'portfolio_slug_taken' })
  expect((await put(t, nok.headers, { ...MINE, about: '' })).json()).toEqual({ portfolio: { ...MINE, about: '' } })
  for (const slug of ['Nok', 'no', 'nok--sports', '-nok', 'นก', 'a'.repeat(41), 'nok/sports'])
    expect([slug, (await put(t, som.headers, { ...MINE, slug })).statusCode]).toEqual([slug, 422])
  const customer = await t.user('customer')
  expect((await put(t, customer.headers, MINE)).statusCode).toBe(403)
  expect(await t.db.$count(portfolios)).toBe(1)
})

test('a deleted account takes its public page along', async () => {
  await using t = await testApp()
  const nok = await t.user('photographer', { passwordHash: null })
  await put(t, nok.headers, MINE)
  const payload = { password: nok.email, locale: 'en' }
  const url = '/api/me/deletion'
  expect((await t.app.inject({ method: 'POST', url, headers: nok.headers, payload })).statusCode).toBe(204)
  expect(await t.db.$count(portfolios)).toBe(0)
})
