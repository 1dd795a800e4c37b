import { sessions } from '@pix/db/schema/auth.ts'
import { expect, test } from 'vitest'
import { TEST_ORIGIN, type TestApp, testApp } from '../testing/test-app.ts'

const DAY_MS = 86_400_000

const write = (t: TestApp, cookie = '') =>
  t.app.inject({
    method: 'POST',
    url: '/api/cart/clear',
    payload: {},
    headers: { origin: TEST_ORIGIN, ...(cookie && { cookie }) },
  })
const cookieOf = ({ cookies }: { cookies: { name: string; value: string }[] }) =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

test('a session begins with the first write, and a request that only reads neither begins nor prolongs one', async () => {
  await using t = await testApp()
  t.hold()
  expect((await t.app.inject({ url: '/api/cart' })).cookies).toEqual([])
  expect(await t.db.$count(sessions)).toBe(0)
  const begun = await write(t)
  expect(begun.cookies).toMatchObject([{ name: 'pix_session', httpOnly: true, maxAge: 62 * 86_400 }])
  const [first] = await t.db.select().from(sessions)
  expect(first!.expiresAt.getTime()).toBe(t.deps.now().getTime() + 31 * DAY_MS)
  expect(cookieOf(begun)).not.toContain(first!.tokenHash)

  t.forward(2 * DAY_MS)
  const read = await t.app.inject({ url: '/api/cart', headers: { cookie: cookieOf(begun) } })
  expect([read.statusCode, read.cookies]).toEqual([200, []])
  expect(await t.db.select().from(sessions)).toEqual([first])
})

test('a session lives 31 days from its last write, and its end is moved once a day at most', async () => {
  await using t = await testApp()
  t.hold()
  const cookie = cookieOf(await write(t))
  const end = async () => (await t.db.select().from(sessions)).map(({ expiresAt }) => expiresAt.getTime())
  const [first] = await end()

  t.forward(DAY_MS)
  expect((await write(t, cookie)).cookies).toEqual([])
  expect(await end()).toEqual([first])
  t.forward(1_000)
  expect((await write(t, cookie)).cookies).toMatchObject([{ name: 'pix_session', maxAge: 62 * 86_400 }])
  expect(await end()).toEqual([first! + DAY_MS + 1_000])

  t.forward(31 * DAY_MS)
  await write(t, cookie)
  expect(await t.db.$count(sessions)).toBe(2)
})
