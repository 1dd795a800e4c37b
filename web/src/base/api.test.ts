import { login } from '@pix/contracts/auth.ts'
import { addToCart, getCart } from '@pix/contracts/cart.ts'
import { clearCart } from '@pix/contracts/cart-page.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { call, setAccessToken } from './api.ts'

beforeEach(() => setAccessToken(undefined))
afterEach(() => vi.unstubAllGlobals())

/** A `fetch` in place of the api: a write without a cookie gets a new session, a sign-in does not. */
function stubApi() {
  let cookie: string | undefined
  const seen = { sessions: 0, most: 0 }
  let underWay = 0
  const answers: (() => void)[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (init.method === 'GET' || path.startsWith('/api/auth/')) return Response.json({})
    const sentWith = cookie
    seen.most = Math.max(seen.most, (underWay += 1))
    await new Promise<void>(resolve => answers.push(resolve))
    underWay -= 1
    cookie = sentWith ?? `session ${(seen.sessions += 1)}`
    return Response.json({})
  })
  return { answers, seen, forget: () => (cookie = undefined) }
}

/** Two writes at once, each answered when it has come. */
async function writeTwice({ answers }: ReturnType<typeof stubApi>) {
  const before = answers.length
  const add = call(addToCart, { body: { photoIds: ['p'] } })
  const clear = call(clearCart, {})
  await call(getCart, {})
  await expect.poll(() => answers.length).toBe(before + 1)
  answers.at(-1)!()
  await add
  await expect.poll(() => answers.length).toBe(before + 2)
  answers.at(-1)!()
  await clear
}

test('the first two writes of a visit end in one session; reads wait for nobody', async () => {
  const api = stubApi()
  await writeTwice(api)
  expect(api.seen).toEqual({ sessions: 1, most: 1 })
})

test('the first two writes after a sign-in, which begins no session, end in one', async () => {
  const api = stubApi()
  await call(login, { body: { email: 'somebody@test.example', password: 'secret' } })
  await writeTwice(api)
  expect(api.seen).toEqual({ sessions: 1, most: 1 })
})

test('the first two writes after a sign-out, which ends the session, end in one', async () => {
  const api = stubApi()
  await writeTwice(api)
  api.forget()
  setAccessToken(undefined)
  await writeTwice(api)
  expect(api.seen).toEqual({ sessions: 2, most: 1 })
})
