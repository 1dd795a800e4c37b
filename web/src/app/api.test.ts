import { addToCart, clearCart, getCart } from '@pix/contracts/cart.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { call } from './api.ts'

afterEach(() => vi.unstubAllGlobals())

test('the first two writes of a visit end in one session; reads wait for nobody', async () => {
  /** The api as a stranger: whoever writes without a cookie gets a new session. */
  let cookie: string | undefined
  let sessions = 0
  const under = { way: 0, most: 0 }
  const answers: (() => void)[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    if (init.method === 'GET') return Response.json({})
    const sentWith = cookie
    under.most = Math.max(under.most, (under.way += 1))
    await new Promise<void>(resolve => answers.push(resolve))
    under.way -= 1
    cookie = sentWith ?? `session ${(sessions += 1)}`
    return Response.json({})
  })
  const add = call(addToCart, { body: { photoIds: ['p'] } })
  const clear = call(clearCart, {})
  await call(getCart, {})
  await expect.poll(() => answers.length).toBe(1)
  answers[0]!()
  await add
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!()
  await clear
  expect({ sessions, most: under.most }).toEqual({ sessions: 1, most: 1 })
})
