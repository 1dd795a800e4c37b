import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as auth from '@pix/contracts/auth.ts'
import { getCart } from '@pix/contracts/cart.ts'
import { placeOrder } from '@pix/contracts/orders.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { call, fetchAsUser, onSignInChange, setAccessToken } from './api.ts'

/** A small server in place of the api. `broken` cuts the connection, `silent` never answers. */
type Answer = { status: number; body?: object | string; headers?: Record<string, string> } | 'broken' | 'silent'
interface Asked {
  path: string
  token: string | undefined
  key: string | undefined
  body: string
}

let answer: (asked: Asked) => Answer
let asked: Asked[]

const server = createServer((request, response) => void serve(request, response))
async function serve(request: IncomingMessage, response: ServerResponse) {
  let body = ''
  for await (const part of request) body += String(part)
  const { authorization, 'idempotency-key': key } = request.headers
  const one = { path: request.url ?? '', token: authorization, key: key as string | undefined, body }
  asked.push(one)
  const given = answer(one)
  if (given === 'silent') return
  if (given === 'broken') return request.socket.destroy()
  const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {})
  response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers }).end(text)
}

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const overHttp = fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => overHttp(origin + path, init))
})
afterAll(() => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  setAccessToken(undefined)
})
afterEach(() => onSignInChange(() => undefined))

const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  body: { code, status, title: code, ...more },
  headers: { 'content-type': 'application/problem+json' },
})
const ANNA = { id: 'a', email: 'a@test.example', name: 'Anna', role: 'platform_admin' }
const renewed: Answer = {
  status: 200,
  body: { accessToken: 'new', expiresAt: '2026-11-26T10:00:00Z', user: ANNA },
}
/** Accepts the token `new` alone, and issues it on request. */
const onlyNew = ({ path, token }: Asked): Answer =>
  path === '/api/auth/refresh' ? renewed : token === 'Bearer new' ? { status: 200 } : problem(401, 'unauthorized')
const order = (key: string) =>
  call(
    placeOrder,
    { body: { email: 'a@test.example', locale: 'th', expectedTotal: { amount: 100, currency: 'THB' } } },
    { idempotencyKey: key },
  )

test('a refusal keeps what a page needs of it: its code, when to come back, the fields, the number for support', async () => {
  const errors = [{ path: 'email', message: 'invalid' }]
  answer = () => ({
    ...(problem(429, 'rate_limited', { errors, requestId: 'r-1' }) as { status: number; body: object }),
    headers: { 'retry-after': '30' },
  })
  await expect(call(getCart, {})).rejects.toMatchObject({
    code: 'rate_limited',
    status: 429,
    retryAfter: 30,
    errors,
    requestId: 'r-1',
  })
})

test('an answer of something between us and the api is "unavailable", no answer is "network", and stopping is neither', async () => {
  answer = () => ({ status: 502, body: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } })
  await expect(call(getCart, {})).rejects.toMatchObject({ code: 'unavailable', status: 502 })
  answer = () => 'broken'
  await expect(call(getCart, {})).rejects.toMatchObject({ code: 'network', status: 0 })
  answer = () => 'silent'
  const stop = new AbortController()
  const going = call(getCart, {}, { signal: stop.signal })
  stop.abort()
  await expect(going).rejects.toMatchObject({ name: 'AbortError' })
})

test('a sign-in that ran out is renewed unseen: the same request goes again, with its key and the new token', async () => {
  setAccessToken('old')
  answer = onlyNew
  await order('key-1')
  expect(asked.map(({ path, token, key }) => [path, token, key])).toEqual([
    ['/api/orders', 'Bearer old', 'key-1'],
    ['/api/auth/refresh', undefined, undefined],
    ['/api/orders', 'Bearer new', 'key-1'],
  ])
  expect(asked[2]?.body).toBe(asked[0]?.body)
})

test('however many requests find the sign-in run out, it is renewed once', async () => {
  setAccessToken('old')
  answer = onlyNew
  const { signal } = new AbortController()
  await Promise.all([call(getCart, {}), call(auth.me, {}), fetchAsUser('/media/p/large', signal), call(getCart, {})])
  expect(asked.filter(({ path }) => path === '/api/auth/refresh')).toHaveLength(1)
  expect(asked.filter(({ token }) => token === 'Bearer new')).toHaveLength(4)
})

test('a sign-in that ended reaches its listener; one that could not be renewed for now is kept', async () => {
  const users: unknown[] = []
  onSignInChange(user => users.push(user))
  setAccessToken('old')
  answer = ({ path }) => (path === '/api/auth/refresh' ? problem(503, 'unavailable') : problem(401, 'unauthorized'))
  await expect(call(auth.me, {})).rejects.toMatchObject({ status: 401 })
  expect(users).toEqual([])

  answer = onlyNew
  await call(auth.me, {})
  expect(users).toEqual([ANNA])

  answer = () => problem(401, 'session_expired')
  await expect(call(auth.me, {})).rejects.toMatchObject({ status: 401 })
  expect(users).toEqual([ANNA, null])
  await expect(call(getCart, {})).rejects.toMatchObject({ status: 401 })
  expect(asked.at(-1)?.token).toBeUndefined()
})

test('a write that did not arrive keeps no later write waiting', async () => {
  answer = () => 'broken'
  await expect(order('key-1')).rejects.toMatchObject({ code: 'network' })
  answer = () => ({ status: 201, body: { id: 'o' } })
  await expect(order('key-1')).resolves.toMatchObject({ id: 'o' })
  expect(asked.map(({ key }) => key)).toEqual(['key-1', 'key-1'])
})
