import { readFile } from 'node:fs/promises'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { Settings } from '../settings.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'

type Limit = Extract<keyof Settings, `LIMIT_${string}`>
interface Bucket {
  /** For each session, or for each user. */
  own: Limit
  /** For each network. */
  network: Limit
  /** How often the network may have the setting. */
  times?: number
  window: 60 | 3_600
}

const BUCKETS = {
  default: { own: 'LIMIT_REQUESTS_PER_MINUTE', network: 'LIMIT_IP_REQUESTS_PER_MINUTE', window: 60 },
  search: { own: 'LIMIT_SEARCHES_PER_MINUTE', network: 'LIMIT_IP_SEARCHES_PER_MINUTE', window: 60 },
  login: { own: 'LIMIT_REQUESTS_PER_MINUTE', network: 'LIMIT_IP_LOGINS_PER_MINUTE', window: 60 },
  upload: { own: 'LIMIT_UPLOADS_PER_HOUR', network: 'LIMIT_UPLOADS_PER_HOUR', times: 10, window: 3_600 },
  batch: { own: 'LIMIT_UPLOAD_BATCHES_PER_HOUR', network: 'LIMIT_UPLOAD_BATCHES_PER_HOUR', times: 10, window: 3_600 },
  chunk: { own: 'LIMIT_CHUNKS_PER_MINUTE', network: 'LIMIT_IP_CHUNKS_PER_MINUTE', window: 60 },
  webhook: { own: 'LIMIT_IP_WEBHOOKS_PER_MINUTE', network: 'LIMIT_IP_WEBHOOKS_PER_MINUTE', window: 60 },
  payment: { own: 'LIMIT_PAYMENTS_PER_HOUR', network: 'LIMIT_IP_PAYMENTS_PER_HOUR', window: 3_600 },
  coupon: { own: 'LIMIT_COUPONS_PER_HOUR', network: 'LIMIT_IP_COUPONS_PER_HOUR', window: 3_600 },
  takedown: { own: 'LIMIT_TAKEDOWNS_PER_HOUR', network: 'LIMIT_IP_TAKEDOWNS_PER_HOUR', window: 3_600 },
  slip: { own: 'LIMIT_SLIPS_PER_HOUR', network: 'LIMIT_IP_SLIPS_PER_HOUR', window: 3_600 },
  invitation: { own: 'LIMIT_INVITATIONS_PER_HOUR', network: 'LIMIT_INVITATIONS_PER_HOUR', times: 10, window: 3_600 },
  poster: { own: 'LIMIT_POSTERS_PER_HOUR', network: 'LIMIT_POSTERS_PER_HOUR', times: 10, window: 3_600 },
  media: { own: 'LIMIT_MEDIA_PER_MINUTE', network: 'LIMIT_IP_MEDIA_PER_MINUTE', window: 60 },
} as const satisfies Record<string, Bucket>

/** Routes that count elsewhere than in the default bucket; null counts nowhere. */
const ROUTES: Record<string, keyof typeof BUCKETS | null> = {
  'GET /healthz': null,
  'GET /readyz': null,
  'GET /api/healthz': null,
  'GET /api/readyz': null,
  'POST /api/auth/login': 'login',
  'POST /api/auth/register': 'login',
  'POST /api/auth/verify-email': 'login',
  'POST /api/auth/verify-email/resend': 'login',
  'POST /api/auth/forgot-password': 'login',
  'POST /api/auth/reset-password': 'login',
  'POST /api/auth/change-password': 'login',
  'POST /api/auth/otp': 'login',
  'POST /api/auth/unlock': 'login',
  'POST /api/auth/otp/verify': 'login',
  'GET /api/me/export': 'batch',
  'GET /api/admin/audit/export': 'batch',
  'GET /api/revenue/ledger/export': 'batch',
  'POST /api/earnings/{party}/statement-file': 'batch',
  'POST /api/me/deletion': 'login',
  'POST /api/admin/checks/letter': 'login',
  'PUT /api/admin/transfer-account': 'login',
  'POST /api/setup': 'login',
  'POST /api/service-keys': 'login',
  'POST /api/studios/{id}/close': 'login',
  'POST /api/invitations/look': 'login',
  'POST /api/invitations/accept': 'login',
  'POST /api/invitations/register': 'login',
  'POST /api/studios': 'invitation',
  'POST /api/studios/{id}/invitations': 'invitation',
  'POST /api/studios/{id}/invitations/{invitationId}/resend': 'invitation',
  'POST /api/events/{id}/open': 'login',
  'POST /api/events/{id}/alerts': 'takedown',
  'POST /api/face/search/{id}/alert': 'takedown',
  'POST /api/event-alerts/look': 'login',
  'POST /api/event-alerts/confirm': 'login',
  'POST /api/event-alerts/withdraw': 'login',
  'GET /api/events/{id}/poster': 'poster',
  'POST /api/orders/{id}/gifts': 'invitation',
  'POST /api/gifts/look': 'login',
  'POST /api/gifts/download': 'login',
  'POST /api/events/{id}/invitations': 'invitation',
  'POST /api/events/{id}/invitations/{invitationId}/resend': 'invitation',
  'POST /api/setup/link': 'login',
  'POST /api/auth/second-factor': 'login',
  'POST /api/auth/second-factor/confirm': 'login',
  'POST /api/auth/second-factor/recovery-codes': 'login',
  'POST /api/auth/second-factor/disable': 'login',
  'POST /api/auth/second-factor/answer': 'login',
  'POST /api/auth/second-factor/lost': 'login',
  'POST /api/auth/second-factor/keep': 'login',
  'POST /api/admin/inbox/lost_factor/{id}/decide': 'login',
  'PUT /api/me/payees/{party}/{id}': 'login',
  'POST /api/admin/payouts/{id}/approve': 'login',
  'POST /api/admin/adjustments': 'login',
  'POST /api/auth/provider/begin': 'login',
  'POST /api/auth/provider/finish': 'login',
  'POST /api/auth/provider/link/begin': 'login',
  'POST /api/auth/provider/link': 'login',
  'POST /api/auth/provider/unlink': 'login',
  'POST /api/photos/upload': 'upload',
  'POST /api/photos/batch-upload': 'batch',
  'POST /api/uploads': 'upload',
  'HEAD /api/uploads/{id}': 'chunk',
  'PATCH /api/uploads/{id}': 'chunk',
  'DELETE /api/uploads/{id}': 'chunk',
  'POST /api/face/search': 'search',
  'POST /api/face/search/embedding': 'search',
  'POST /api/payment/create': 'payment',
  'PUT /api/cart/coupon': 'coupon',
  'POST /api/takedowns': 'takedown',
  'POST /api/orders/{id}/slips': 'slip',
  'POST /api/hooks/camera/sign-in': 'webhook',
  'POST /api/hooks/camera/upload': 'webhook',
  'POST /api/payment/webhook': 'webhook',
  'POST /api/payment/webhook/{gateway}': 'webhook',
  'GET /api/orders/{id}/archives/{eventId}': 'media',
  'GET /api/photos/{id}/bought-preview': 'media',
  'GET /api/photos/{id}/jpeg': 'media',
  'GET /api/photos/{id}/original': 'media',
  'GET /api/photos/{id}/file': 'media',
  'GET /media/{eventId}/{size}/{file}': 'media',
  'GET /media/{eventId}/faces/{file}': 'media',
  'GET /media/studios/{id}/{file}': 'media',
  'GET /api/documents/{id}/pdf': 'media',
}

/** Callers with access are limited by the number of letters of the order besides. */
const ORDER_LETTER = 'POST /api/admin/orders/{id}/letter'

/** Limits that are no bucket, and the test of each. */
const HELD_ELSEWHERE: Partial<Record<Limit, string>> = {
  LIMIT_PEOPLE_PER_DAY: 'catalogue/faces/limit-people.int.test.ts',
  LIMIT_IP_PEOPLE_PER_HOUR: 'catalogue/faces/limit-people.int.test.ts',
  LIMIT_LETTERS_PER_HOUR: 'people/accounts/code/code.int.test.ts',
  LIMIT_ADDRESS_LETTERS_PER_HOUR: 'people/accounts/code/code.int.test.ts',
  LIMIT_IP_ORDER_CODES_PER_HOUR: 'shop/orders/access/order-access.int.test.ts',
  LIMIT_IP_ORDER_TRIES_PER_HOUR: 'shop/orders/access/order-access.int.test.ts',
  LIMIT_CODE_TRIES_PER_HOUR: 'catalogue/events/event-code.int.test.ts',
  LIMIT_UNFINISHED_UPLOADS: 'catalogue/photos/upload/resumable/resumable.int.test.ts',
  LIMIT_OPEN_STREAMS: 'http/streams.int.test.ts',
  LIMIT_IP_OPEN_STREAMS: 'http/streams.int.test.ts',
}

const isLimit = (name: string): name is Limit => name.startsWith('LIMIT_')
const LIMITS = Object.keys(Settings.shape).filter(isLimit)
/** A number for each setting that no other has, also ten times as large. */
const numberOf = (limit: Limit) => 1_000 + LIMITS.indexOf(limit)

async function documentedRoutes(t: TestApp) {
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json() as {
    paths: Record<string, Record<string, object>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => ({ method: method.toUpperCase(), path })),
  )
}

const addressOf = (t: TestApp, path: string) =>
  path
    .replace('{size}', 'large')
    .replace('{file}', `${t.deps.newId()}.jpg`)
    .replaceAll(/\{\w+\}/g, () => t.deps.newId())

test('every route counts against its bucket, by the setting of the user and by that of the network', async () => {
  const settings = Object.fromEntries(LIMITS.map(limit => [limit, String(numberOf(limit))]))
  await using t = await testApp({ settings })
  const admin = (await t.user('admin')).headers
  const routes = await documentedRoutes(t)
  const limits = []
  const expected = []
  for (const { method, path } of routes) {
    const ask = async (headers: Record<string, string>) => {
      const request = { method, url: addressOf(t, path), headers } as InjectOptions
      const answer = await t.app.inject(request)
      const [limit, reset] = [answer.headers['ratelimit-limit'], answer.headers['ratelimit-reset']]
      return limit === undefined ? null : { limit: Number(limit), isHourly: Number(reset) > 60 }
    }
    const name = `${method} ${path}`
    limits.push({ name, own: await ask(admin), network: await ask({}) })
    const bucket: Bucket | null = ROUTES[name] === null ? null : BUCKETS[ROUTES[name] ?? 'default']
    const isHourly = bucket?.window === 3_600
    expected.push({
      name,
      own:
        name === ORDER_LETTER
          ? { limit: numberOf('LIMIT_LETTERS_PER_HOUR'), isHourly: true }
          : bucket && { limit: numberOf(bucket.own), isHourly },
      network: bucket && { limit: numberOf(bucket.network) * (bucket.times ?? 1), isHourly },
    })
  }
  expect(limits).toEqual(expected)
  const names = routes.map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(ROUTES).filter(name => !names.includes(name))).toEqual([])
})

const EXAMPLES = {
  default: ['GET', '/api/cart'],
  search: ['POST', '/api/face/search/embedding'],
  login: ['POST', '/api/auth/login'],
  upload: ['POST', '/api/photos/upload'],
  batch: ['POST', '/api/photos/batch-upload'],
  chunk: ['PATCH', '/api/uploads/00000000-0000-7000-8000-000000000001'],
  webhook: ['POST', '/api/payment/webhook'],
  payment: ['POST', '/api/payment/create'],
  coupon: ['PUT', '/api/cart/coupon'],
  takedown: ['POST', '/api/takedowns'],
  slip: ['POST', '/api/orders/00000000-0000-7000-8000-000000000001/slips'],
  invitation: ['POST', '/api/events/{id}/invitations'],
  poster: ['GET', '/api/events/{id}/poster'],
  media: ['GET', '/media/{eventId}/{size}/{file}'],
} as const satisfies Record<keyof typeof BUCKETS, readonly ['GET' | 'POST' | 'PUT' | 'PATCH', string]>

const ROWS = Object.entries(BUCKETS).flatMap(([name, { own, network, window }]) => {
  const [method, path] = EXAMPLES[name as keyof typeof BUCKETS]
  const row = { method, path, window }
  const perUser = { ...row, limit: own, of: 'user' as const }
  const perNetwork = { ...row, limit: network, of: 'network' as const }
  if (name === 'webhook') return [perNetwork]
  return own === network ? [perUser] : [perUser, perNetwork]
})

test.each(ROWS)(
  '$limit: a $of has so many of $method $path and no more',
  async ({ limit, of, method, path, window }) => {
    await using t = await testApp({ settings: { [limit]: '2' } })
    const admin = (await t.user('admin')).headers
    const ask = async (headers: Record<string, string>) =>
      t.app.inject({ method, url: addressOf(t, path), headers } as InjectOptions)
    const same = async () => (of === 'user' ? admin : (await t.user('admin')).headers)
    const taken = [await ask(await same()), await ask(await same())]
    const refused = await ask(await same())

    expect(taken.map(answer => answer.statusCode)).not.toContain(429)
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(window)
    // Somebody else goes on, and so does what counts elsewhere.
    const others = of === 'user' ? [await ask((await t.user('admin')).headers)] : []
    const elsewhere = limit.endsWith('REQUESTS_PER_MINUTE') ? [] : [await t.app.inject({ url: '/api/cart' })]
    expect([...others, ...elsewhere].map(answer => answer.statusCode)).not.toContain(429)
  },
)

test('LIMIT_LOGINS_PER_MINUTE: an account has so many tries from a network and no more, and another account its own', async () => {
  await using t = await testApp({ settings: { LIMIT_LOGINS_PER_MINUTE: '2' } })
  const tryAs = async (email: string) => {
    const payload = { email, password: 'not-the-password' }
    return (await t.app.inject({ method: 'POST', url: '/api/auth/login', payload })).statusCode
  }
  const tries = [await tryAs('a@test.example'), await tryAs('a@test.example'), await tryAs('a@test.example')]
  expect(tries).toEqual([401, 401, 429])
  expect(await tryAs('b@test.example')).toBe(401)
})

test('every limit among the settings has a test', async () => {
  const here = new Set<Limit>(['LIMIT_LOGINS_PER_MINUTE', ...ROWS.map(({ limit }) => limit)])
  for (const [limit, file] of Object.entries(HELD_ELSEWHERE)) {
    const text = await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
    expect([limit, text.includes(`${limit}: '`)]).toEqual([limit, true])
  }
  expect(LIMITS.filter(limit => !here.has(limit) && !HELD_ELSEWHERE[limit])).toEqual([])
})

test('the limits have their documented numbers unless a setting says otherwise', () => {
  const limits = Object.fromEntries(LIMITS.map(limit => [limit, Settings.shape[limit].parse(undefined)]))
  expect(limits).toEqual({
    LIMIT_REQUESTS_PER_MINUTE: 100,
    LIMIT_SEARCHES_PER_MINUTE: 10,
    LIMIT_PEOPLE_PER_DAY: 5,
    LIMIT_IP_PEOPLE_PER_HOUR: 500,
    LIMIT_LOGINS_PER_MINUTE: 5,
    LIMIT_LETTERS_PER_HOUR: 5,
    LIMIT_ADDRESS_LETTERS_PER_HOUR: 20,
    LIMIT_INVITATIONS_PER_HOUR: 100,
    LIMIT_POSTERS_PER_HOUR: 30,
    LIMIT_UPLOADS_PER_HOUR: 6_000,
    LIMIT_UPLOAD_BATCHES_PER_HOUR: 50,
    LIMIT_CHUNKS_PER_MINUTE: 3_000,
    LIMIT_IP_CHUNKS_PER_MINUTE: 30_000,
    LIMIT_UNFINISHED_UPLOADS: 300,
    LIMIT_PAYMENTS_PER_HOUR: 30,
    LIMIT_IP_PAYMENTS_PER_HOUR: 2_000,
    LIMIT_COUPONS_PER_HOUR: 60,
    LIMIT_IP_COUPONS_PER_HOUR: 2_000,
    LIMIT_CODE_TRIES_PER_HOUR: 10,
    LIMIT_SLIPS_PER_HOUR: 20,
    LIMIT_IP_SLIPS_PER_HOUR: 1_000,
    LIMIT_TAKEDOWNS_PER_HOUR: 10,
    LIMIT_IP_TAKEDOWNS_PER_HOUR: 100,
    LIMIT_MEDIA_PER_MINUTE: 3_000,
    LIMIT_IP_REQUESTS_PER_MINUTE: 3_000,
    LIMIT_IP_SEARCHES_PER_MINUTE: 300,
    LIMIT_IP_LOGINS_PER_MINUTE: 300,
    LIMIT_IP_MEDIA_PER_MINUTE: 60_000,
    LIMIT_IP_WEBHOOKS_PER_MINUTE: 3_000,
    LIMIT_IP_ORDER_CODES_PER_HOUR: 300,
    LIMIT_IP_ORDER_TRIES_PER_HOUR: 600,
    LIMIT_OPEN_STREAMS: 20,
    LIMIT_IP_OPEN_STREAMS: 5_000,
  })
})
