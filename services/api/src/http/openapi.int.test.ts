import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Carts } from '@pix/contracts/cart.ts'
import type { Contract } from '@pix/contracts/contract.ts'
import { expect, test, vi } from 'vitest'
import { buildApp } from '../app.ts'
import { testApp } from '../testing/test-app.ts'
import { createConformance } from '../testing/conform.ts'

const FOLDER = fileURLToPath(new URL('../../../../packages/contracts/src/', import.meta.url))

interface Narrowed {
  responses: Record<string, { content?: object }>
  requestBody: { content: { 'application/json': { schema: { required: string[] } } } }
}

async function allContracts(): Promise<[string, Contract][]> {
  const found: [string, Contract][] = []
  for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.ts') && !name.includes('.test.'))) {
    const exported = (await import(FOLDER + file)) as Record<string, unknown>
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'object' || value === null || !('method' in value && 'schema' in value)) continue
      if (!('hide' in (value.schema as object))) found.push([`${file} ${name}`, value as unknown as Contract])
    }
  }
  return found
}

test('every contract is served and described, with every answer it names', async () => {
  await using t = await testApp()
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json() as {
    paths: Record<string, Record<string, { summary: string; responses: Record<string, unknown> }>>
  }
  const missing: string[] = []
  const contracts = await allContracts()
  for (const [name, { method, url, config, schema }] of contracts) {
    const address = config.root ? url : `/api${url}`
    const described = paths[address.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    const answers = Object.keys(described?.responses ?? {})
    if (!t.app.hasRoute({ method, url: address })) missing.push(`${name} is not served`)
    if (described?.summary !== schema.summary) missing.push(`${name} is not described`)
    for (const status of Object.keys(schema.response)) {
      if (!answers.includes(status)) missing.push(`${name} has no ${status}`)
    }
  }

  expect(missing).toEqual([])
  expect(contracts.length).toBeGreaterThan(40)
})

test('a route without a contract keeps the service from starting', async () => {
  await using t = await testApp()
  const app = await buildApp(t.deps)
  expect(() => app.get('/api/forgotten', async () => 'hello')).toThrow('GET /api/forgotten has no contract')
  await app.close()
})

test('the document is OpenAPI 3.1 and changes only with a reviewed snapshot', async () => {
  await using t = await testApp()
  const document = (await t.app.inject({ url: '/api/openapi.json' })).json()
  expect(document.openapi).toMatch(/^3\.1\./)
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot('openapi.snap')
})

test('the document describes what every request passes: refusals, keys, streams, and who may call', async () => {
  await using t = await testApp()
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json()
  const place = paths['/api/orders'].post
  expect(place.security).toEqual([{}, { session: [] }])
  expect(place.parameters).toContainEqual(
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
  )
  for (const status of [400, 403, 409, 413, 415, 422, 429, 500, 503])
    expect(Object.keys(place.responses[status].content)).toEqual(['application/problem+json'])
  const codes = (status: number) =>
    place.responses[status].content['application/problem+json'].schema.allOf[1].properties.code.enum
  expect(codes(409)).toEqual(expect.arrayContaining(['cart_empty', 'total_changed', 'idempotency_in_flight']))
  expect(Object.keys(paths['/api/payment/{id}/status'].get.responses[200].content)).toContain('text/event-stream')
  expect(paths['/api/revenue/summary'].get.security).toEqual([{ accessToken: [] }, { serviceKey: ['revenue:read'] }])
  expect(paths['/api/studios'].get.security).toEqual([{ accessToken: [] }])
  expect(Object.keys(paths['/api/revenue/summary'].get.responses)).toEqual(expect.arrayContaining(['401', '403']))
  expect(Object.keys(paths['/readyz'].get.responses[503].content)).toEqual(['application/json'])
})

test('another method of an address that is served is 405 and names those that are', async () => {
  await using t = await testApp()
  for (const [method, url, allow] of [
    ['DELETE', '/api/events', 'GET, HEAD, POST'],
    ['POST', '/api/events/some-event', 'DELETE, GET, HEAD, PUT'],
    ['GET', '/api/cart/clear', 'POST'],
    ['PATCH', '/api/cart/package', 'PUT'],
    ['PUT', '/api/healthz', 'GET, HEAD'],
  ] as const) {
    const answer = await t.app.inject({ method, url, payload: method === 'GET' ? '' : '<not read>' })
    expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 405, allow])
    expect(answer.json().code).toBe('method_not_allowed')
  }
  expect((await t.app.inject({ method: 'DELETE', url: '/api/nowhere' })).statusCode).toBe(404)
})

test('an answer that the document does not show is found by the tests', async () => {
  await using t = await testApp()
  const conform = createConformance(t.app)
  const problem = { contentType: 'application/problem+json; charset=utf-8', allow: undefined }
  const get = { method: 'GET', url: '/api/orders?limit=1', ...problem }
  expect(conform({ ...get, status: 429, code: 'rate_limited' })).toBeNull()
  expect(conform({ ...get, status: 418, code: 'internal' })).toContain('does not show this status')
  expect(conform({ ...get, status: 429, code: 'not_found' })).toContain('rate_limited')
  expect(conform({ ...get, status: 500, code: 'internal', contentType: 'text/html' })).toContain('not text/html')
  expect(conform({ ...get, method: 'PUT', status: 404, code: 'not_found' })).toContain('405')
})

test('a request that succeeds with a body that the document does not show is found by the tests', async () => {
  await using t = await testApp()
  const conform = createConformance(t.app)
  const login = {
    method: 'POST',
    url: '/api/auth/login',
    contentType: 'application/json',
    code: undefined,
    allow: undefined,
  }
  expect(conform({ ...login, status: 200, sent: { email: 'somebody@test.example', password: 'secret' } })).toBeNull()
  expect(conform({ ...login, status: 200, sent: { email: 'somebody@test.example' } })).toContain('password')
  expect(conform({ ...login, method: 'GET', url: '/api/events', status: 200, sent: { page: 1 } })).toContain(
    'no JSON body',
  )
})

test('an answer with a body that the document does not show is found by the tests', async () => {
  await using t = await testApp()
  const conform = createConformance(t.app)
  const cart = { method: 'GET', url: '/api/cart', status: 200, contentType: 'application/json', code: undefined }
  const said = (await t.app.inject({ url: '/api/cart' })).json<Carts>()
  const { items, ...rest } = said
  expect(conform({ ...cart, allow: undefined, said })).toBeNull()
  expect(conform({ ...cart, allow: undefined, said: { items, ...rest, more: 1 } })).toContain('of the answer')
  expect(conform({ ...cart, allow: undefined, said: rest })).toContain("'items'")
})

test('what a real connection carries is held against the document when the test ends', async () => {
  const t = await testApp({ ownDocument: true })
  const origin = await t.listen()
  // Documents that describe less than what is served.
  const { paths } = t.app.swagger() as unknown as { paths: Record<string, Record<string, Narrowed>> }
  delete paths['/readyz']!.get!.responses['200']
  paths['/api/cart/package']!.put!.requestBody.content['application/json'].schema.required = ['nothing']
  paths['/api/cart']!.get!.responses['200']!.content = { 'application/json': { schema: { required: ['nothing'] } } }
  const { headers } = await t.visitor()
  const event = await t.event()
  const photo = await t.photo(event.id, (await t.user('photographer')).id)
  const send = (method: string, path: string, body: object) =>
    fetch(origin + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  await fetch(`${origin}/readyz`)
  expect((await send('POST', '/api/cart/items', { photoIds: [photo.id] })).status).toBe(200)
  expect((await send('PUT', '/api/cart/package', { eventId: event.id, choice: 'auto' })).status).toBe(200)
  await fetch(`${origin}/api/cart`)

  await expect(t[Symbol.asyncDispose]()).rejects.toThrow(
    /^over real connections: GET \/readyz answered 200 .*this status\nPUT .* the request: .*'nothing'\nGET .* the answer: .*'nothing'$/,
  )
})

test('the document is serialized once, however often and at whichever address it is asked for', async () => {
  await using t = await testApp()
  const serialize = vi.spyOn(JSON, 'stringify')
  const bodies = new Set<string>()
  for (const url of ['/api/docs/json', '/api/openapi.json', '/api/docs/json', '/api/openapi.json']) {
    const answer = await t.app.inject({ url })
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    bodies.add(answer.body)
  }
  const times = serialize.mock.calls.filter(([value]) => value === t.app.swagger()).length
  serialize.mockRestore()
  expect([bodies.size, times]).toEqual([1, 1])
})

test('routes without a contract count against the default limit', async () => {
  await using t = await testApp({ settings: { LIMIT_IP_REQUESTS_PER_MINUTE: '2' } })
  const docs = async () => (await t.app.inject({ url: '/api/openapi.json' })).statusCode
  expect([await docs(), await docs(), await docs()]).toEqual([200, 200, 429])
})

test('the page at /api/docs loads its own files only', async () => {
  await using t = await testApp()
  const page = await t.app.inject({ url: '/api/docs/' })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).not.toMatch(/(src|href)="https?:/)
})
