import { sessions } from '@pix/db/schema/auth.ts'
import { thumbnailKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { hashPassword } from './passwords.ts'

const PASSWORD = 'correct horse battery'
const DAY_MS = 86_400_000
const HTTPS = { settings: { PUBLIC_ORIGIN: 'https://shop.test' } }

type Cookies = Record<string, string>

const post = (t: TestApp, url: string, cookies: Cookies, payload: object = {}) =>
  t.app.inject({ method: 'POST', url, cookies, payload, headers: { origin: t.deps.settings.PUBLIC_ORIGIN } })

const login = async (t: TestApp, cookies: Cookies = {}) => {
  const { email } = await t.user('photographer', { passwordHash: await hashPassword(PASSWORD) })
  return post(t, '/api/auth/login', cookies, { email, password: PASSWORD })
}

/** A visitor with a cart of their own: what their cookie reaches. */
async function guest(t: TestApp) {
  const event = await t.event()
  const photo = await t.photo(event.id, (await t.user('photographer')).id)
  const first = await post(t, '/api/cart/items', {}, { photoIds: [photo.id] })
  expect(first.statusCode).toBe(200)
  const reaches = async (cookies: Cookies) =>
    (await t.app.inject({ url: '/api/cart', cookies })).body.includes(photo.id)
  return { first, event, photo, reaches }
}

test('on http the cookies have plain names', async () => {
  await using t = await testApp()
  const { first } = await guest(t)
  expect(first.cookies).toMatchObject([{ name: 'pix_session', path: '/', httpOnly: true, sameSite: 'Lax' }])
  expect(first.cookies[0]).not.toHaveProperty('secure')
  expect((await login(t)).cookies).toMatchObject([
    { name: 'pix_refresh', path: '/api/auth', httpOnly: true, sameSite: 'Strict' },
    { name: 'pix_device', path: '/api/auth', httpOnly: true, sameSite: 'Strict', maxAge: 400 * 86_400 },
    { name: 'pix_session', path: '/', httpOnly: true, sameSite: 'Lax' },
  ])
})

test('on https the cookies have the prefixes that keep other hosts from setting them, and work', async () => {
  await using t = await testApp(HTTPS)
  const { first, reaches } = await guest(t)
  const [session] = first.cookies
  expect(session).toMatchObject({ name: '__Host-pix_session', path: '/', secure: true, httpOnly: true })
  expect(session).not.toHaveProperty('domain')
  expect(await reaches({ '__Host-pix_session': session!.value })).toBe(true)

  const [refresh, device] = (await login(t)).cookies
  for (const [cookie, name] of [
    [refresh, '__Secure-pix_refresh'],
    [device, '__Secure-pix_device'],
  ] as const)
    expect(cookie).toMatchObject({ name, path: '/api/auth', secure: true, httpOnly: true })
  const renewed = await post(t, '/api/auth/refresh', { '__Secure-pix_refresh': refresh!.value })
  expect([renewed.statusCode, renewed.cookies[0]?.name]).toEqual([200, '__Secure-pix_refresh'])
})

test('on https cookies of the plain names from before are read, replaced, and forgotten with their sessions', async () => {
  await using t = await testApp(HTTPS)
  const { headers } = await t.visitor()
  const plain = { pix_session: headers.cookie.split('=')[1]! }
  const { photo } = await guest(t)
  const added = await post(t, '/api/cart/items', plain, { photoIds: [photo.id] })

  expect(added.cookies).toMatchObject([
    { name: '__Host-pix_session', value: plain.pix_session, secure: true },
    { name: 'pix_session', value: '', path: '/' },
  ])
  const next = await t.app.inject({ url: '/api/cart', cookies: { '__Host-pix_session': plain.pix_session } })
  expect(next.body).toContain(photo.id)
  expect(next.cookies).toEqual([])

  const [refresh] = (await login(t)).cookies
  const renewed = await post(t, '/api/auth/refresh', { pix_refresh: refresh!.value })
  expect(renewed.statusCode).toBe(200)
  expect(renewed.cookies).toMatchObject([
    { name: '__Secure-pix_refresh', secure: true },
    { name: 'pix_refresh', value: '', path: '/api/auth' },
  ])
  t.forward(32 * DAY_MS)
  expect((await t.app.inject({ url: '/api/cart', cookies: plain })).body).not.toContain(photo.id)
})

test('on https a session made now is not opened by the plain name, under which another host could plant it', async () => {
  await using t = await testApp(HTTPS)
  const { first, reaches } = await guest(t)
  const { value } = first.cookies[0]!
  for (const planted of [value, value.slice(1)]) expect(await reaches({ pix_session: planted })).toBe(false)
  const own = (await guest(t)).first.cookies[0]!.value
  expect(await reaches({ '__Host-pix_session': own, pix_session: value })).toBe(false)
})

test('signing in gives the session a new cookie: what was planted before opens nothing, and the cart stays', async () => {
  await using t = await testApp()
  const { first, reaches } = await guest(t)
  const planted = first.cookies[0]!.value

  const answer = await login(t, { pix_session: planted })

  const fresh = answer.cookies.find(({ name }) => name === 'pix_session')!.value
  expect(fresh).not.toBe(planted)
  expect(await reaches({ pix_session: fresh })).toBe(true)
  expect(await reaches({ pix_session: planted })).toBe(false)
})

test('signing in makes a session where there is none, and failing to sign in changes none', async () => {
  await using t = await testApp()
  const { first, reaches } = await guest(t)
  const mine = { pix_session: first.cookies[0]!.value }
  const failed = await post(t, '/api/auth/login', mine, { email: 'nobody@test.example', password: 'x' })
  expect([failed.statusCode, failed.cookies]).toEqual([401, []])
  expect(await reaches(mine)).toBe(true)

  const before = await t.db.$count(sessions)
  expect((await login(t)).cookies.map(({ name }) => name)).toEqual(['pix_refresh', 'pix_device', 'pix_session'])
  expect(await t.db.$count(sessions)).toBe(before + 1)
})

/** An order of this session, paid: its photo left the sale since and is seen by its buyer alone. */
async function bought(t: TestApp, sessionId: string) {
  const event = await t.event()
  const photographer = await t.user('photographer')
  const photo = await t.photo(event.id, photographer.id, { approval: 'rejected', rejectReason: 'asked to' })
  const bytes = Buffer.from('picture')
  await t.storage.put(MAIN_BUCKET, thumbnailKey(event.id, 'small', photo.id), bytes, { contentType: 'image/jpeg' })
  const orderId = await addPaidOrder(t.db, sessionId, [photo])
  return { picture: `/media/${event.id}/small/${photo.id}.jpg`, order: `/api/orders/${orderId}` }
}

test('signing out ends what the session reaches: cart, orders and their pictures', async () => {
  await using t = await testApp()
  const { first, reaches } = await guest(t)
  const cookies = { pix_session: first.cookies[0]!.value }
  const [session] = await t.db.select().from(sessions)
  const urls = Object.values(await bought(t, session!.id))
  const seen = async () => {
    const answers = []
    for (const url of urls) answers.push((await t.app.inject({ url, cookies })).statusCode)
    return answers
  }
  expect(await seen()).toEqual([200, 200])

  const out = await post(t, '/api/auth/logout', cookies)

  expect(out.cookies).toMatchObject([
    { name: 'pix_session', value: '', path: '/' },
    { name: 'pix_refresh', value: '', path: '/api/auth' },
  ])
  expect(await reaches(cookies)).toBe(false)
  expect(await seen()).toEqual([404, 404])
})

test('a request that was under way at a sign-out does not bring the session back to life', async () => {
  await using t = await testApp()
  const { first, reaches } = await guest(t)
  const cookies = { pix_session: first.cookies[0]!.value }
  t.forward(2 * DAY_MS)
  const signOut = await t.db.$client.connect()
  await signOut.query('begin')
  await signOut.query('update sessions set expires_at = $1', [t.deps.now()])

  const request = post(t, '/api/cart/clear', cookies).then(answer => answer)
  const waits = `select count(*) as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  await expect.poll(async () => (await t.db.$client.query(waits)).rows[0].waiting).toBe(1)
  await signOut.query('commit')
  signOut.release()

  await request
  expect(await reaches(cookies)).toBe(false)
})
