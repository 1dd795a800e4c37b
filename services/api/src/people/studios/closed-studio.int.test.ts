import type { Carts } from '@pix/contracts/cart.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { letterTo, newcomer } from '../../testing/accounts.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

type Sender = { headers: Record<string, string> }
const send = (t: TestApp, method: 'GET' | 'POST' | 'PUT', url: string, by: Sender, payload?: object) =>
  t.app.inject({ method, url: `/api${url}`, headers: by.headers, ...(payload && { payload }) })
const move = (t: TestApp, studioId: string, by: Sender, status: string) =>
  send(t, 'PUT', `/studios/${studioId}/status`, by, { status })

async function upload(t: TestApp, eventId: string, by: Sender) {
  const form = new FormData()
  form.set('eventId', eventId)
  form.set('file', new Blob(['x']), 'x.jpg')
  const encoded = new Response(form)
  const headers = { ...by.headers, 'content-type': encoded.headers.get('content-type')! }
  const payload = Buffer.from(await encoded.arrayBuffer())
  return t.app.inject({ method: 'POST', url: '/api/photos/upload', headers, payload })
}

test('a suspended or closed studio takes no photos and sells nothing, carts that were filled before included; open again it does', async () => {
  await using t = await testApp()
  const [admin, studio, visitor] = [await t.user('admin'), await t.studio(), await t.visitor()]
  const owner = await t.member(studio.id, 'owner')
  const event = await t.event({ studioId: studio.id })
  const [first, second] = [await t.photo(event.id, owner.id), await t.photo(event.id, owner.id)]
  const cart = async () => (await send(t, 'GET', '/cart', visitor)).json<Carts>().items[0]!
  const add = (id: string) => send(t, 'POST', '/cart/items', visitor, { photoIds: [id] })
  expect((await add(first.id)).statusCode).toBe(200)
  const total = (await cart()).total
  const order = () =>
    t.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { ...visitor.headers, 'idempotency-key': t.deps.newId() },
      payload: { email: 'a@test.example', locale: 'th', expectedTotal: total },
    })
  const shown = async () => (await send(t, 'GET', `/events/${event.id}`, visitor)).json()
  const listed = async () => (await send(t, 'GET', '/events', visitor)).json().items.length

  for (const status of ['suspended', 'closed']) {
    expect((await move(t, studio.id, admin, status)).json()).toMatchObject({ id: studio.id, status })
    expect((await upload(t, event.id, owner)).json().code).toBe('studio_closed')
    expect((await add(second.id)).json().code).toBe('photo_not_for_sale')
    expect((await cart()).events[0]!.items.map(({ available }) => available)).toEqual([false])
    expect((await order()).json().code).toBe('photo_not_for_sale')
    expect(await shown()).toMatchObject({ onSaleNow: false, studioOpen: false })
    expect(await listed()).toBe(0)
    const made = await t.event({ studioId: studio.id })
    expect(made.studioOpen).toBe(false)
    await t.db.delete(events).where(eq(events.id, made.id))
  }
  expect((await move(t, studio.id, admin, 'active')).statusCode).toBe(200)
  expect((await upload(t, event.id, owner)).json().code).not.toBe('studio_closed')
  expect(await shown()).toMatchObject({ onSaleNow: true, studioOpen: true })
  expect((await order()).statusCode).toBe(201)
})

test('an order that was placed before is asked for no new payment once its studio is suspended', async () => {
  await using t = await testApp()
  const [admin, studio, visitor] = [await t.user('admin'), await t.studio(), await t.visitor()]
  const event = await t.event({ studioId: studio.id })
  const photo = await t.photo(event.id, admin.id)
  await send(t, 'POST', '/cart/items', visitor, { photoIds: [photo.id] })
  const total = (await send(t, 'GET', '/cart', visitor)).json<Carts>().items[0]!.total
  const write = (url: string, payload: object) =>
    t.app.inject({
      method: 'POST',
      url,
      headers: { ...visitor.headers, 'idempotency-key': t.deps.newId() },
      payload,
    })
  const placed = await write('/api/orders', { email: 'a@test.example', locale: 'th', expectedTotal: total })
  await move(t, studio.id, admin, 'suspended')
  const pay = await write('/api/payment/create', { orderId: placed.json().id })
  expect([pay.statusCode, pay.json().code]).toEqual([409, 'studio_closed'])
})

test('a second studio is one form away: its owner joins by the letter, and the steps are in the audit', async () => {
  await using t = await testApp()
  const [admin, email] = [await t.user('admin'), newcomer(t)]
  const name = { th: 'สตูดิโอสอง', en: 'Second studio' }
  const make = (more: object = {}) =>
    send(t, 'POST', '/studios', admin, { slug: 'second', name, ownerEmail: email, locale: 'th', ...more })
  const made = await make()
  expect([made.statusCode, made.json()]).toEqual([201, expect.objectContaining({ slug: 'second', name, role: null })])
  expect((await make()).json().code).toBe('studio_slug_taken')
  for (const slug of ['www', 'A', 'a.b', 'x', 'xn--a'])
    expect((await make({ slug })).json().errors[0].path).toBe('body.slug')
  const { token, facts } = await letterTo(t, email)
  expect(facts).toEqual({ studio: name.th })
  const joined = await t.app.inject({
    method: 'POST',
    url: '/api/invitations/register',
    payload: { token, name: 'Owner', password: 'seven purple kettles' },
  })
  expect(joined.json().user.memberships).toMatchObject([{ role: 'owner', studio: { slug: 'second' } }])
  const owner = { headers: { authorization: `Bearer ${joined.json().accessToken}` } }
  expect((await send(t, 'GET', '/studios', owner)).json().items).toMatchObject([{ slug: 'second', role: 'owner' }])
  expect((await move(t, made.json().id, owner, 'closed')).statusCode).toBe(403)
  await move(t, made.json().id, admin, 'closed')
  const recorded = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(recorded.map(({ action }) => action)).toEqual([
    'studio.create',
    'member.invite',
    'member.join',
    'studio.status',
  ])
})

test("no studio takes the marketplace's own label", async () => {
  await using t = await testApp({ settings: { ROOT_DOMAIN: 'test' } })
  const admin = await t.user('admin')
  const name = { th: 'ร้าน', en: 'Shop' }
  const make = (slug: string) =>
    send(t, 'POST', '/studios', admin, { slug, name, ownerEmail: newcomer(t), locale: 'th' })
  expect((await make('shop')).json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'body.slug' }] })
  expect((await make('other')).statusCode).toBe(201)
})
