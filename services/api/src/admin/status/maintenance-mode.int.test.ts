import type { Notice } from '@pix/contracts/notices.ts'
import { expect, test } from 'vitest'
import { addNotice, hoursFromNow, maintenanceIn, SAID } from '../../testing/notices.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

/** How long a process may take to notice that the mode was switched. */
const SECONDS_MS = 3_000
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/** All writes that go on. A further one is a decision: nothing of the public that begins something new. */
const GO_ON = [
  'POST /api/admin/checks/gateways',
  'POST /api/admin/checks/storage',
  'POST /api/admin/incidents',
  'POST /api/admin/maintenances',
  'POST /api/admin/maintenances/:id/cancel',
  'POST /api/admin/notices/:id/updates',
  'POST /api/admin/queues/:queue/retry',
  'POST /api/admin/sweeps/:program/:sweep/run',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/otp',
  'POST /api/auth/otp/verify',
  'POST /api/auth/provider/begin',
  'POST /api/auth/provider/finish',
  'POST /api/auth/refresh',
  'POST /api/auth/second-factor',
  'POST /api/auth/second-factor/answer',
  'POST /api/auth/second-factor/confirm',
  'POST /api/auth/unlock',
  'POST /api/gifts/download',
  'POST /api/gifts/look',
  'POST /api/orders/:id/redownload',
  'POST /api/orders/:id/slips',
  'POST /api/orders/link',
  'POST /api/orders/link/code',
  'POST /api/orders/link/open',
  'POST /api/payment/webhook',
  'POST /api/payment/webhook/:gateway',
  'PUT /api/admin/maintenances/:id',
]

/** Every write that the app serves, as `POST /api/orders/:id`. */
function writesOf({ app }: TestApp): string[] {
  const paths = Object.entries((app.swagger() as { paths: Record<string, object> }).paths)
  return paths.flatMap(([path, operations]) =>
    Object.keys(operations)
      .map(method => method.toUpperCase())
      .filter(method => WRITES.includes(method))
      .map(method => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
}

test('during maintenance every write but those that are listed is refused with the time to try again, and reads go on', async () => {
  await using t = await testApp({
    settings: { LIMIT_IP_REQUESTS_PER_MINUTE: '10000', LIMIT_IP_LOGINS_PER_MINUTE: '10000' },
  })
  await addNotice(t, 'maintenance', { urgent: true, pauses: true, startsAt: hoursFromNow(-1), endsAt: hoursFromNow(2) })
  const goesOn: string[] = []
  const waits: number[] = []
  for (const write of writesOf(t)) {
    const [method, path] = write.split(' ') as ['POST', string]
    const url = path.replaceAll(/:\w+/g, t.deps.newId())
    const answer = await t.app.inject({ method, url, headers: { origin: t.deps.settings.PUBLIC_ORIGIN } })
    const isRefused = answer.statusCode === 503 && answer.json<{ code: string }>().code === 'maintenance'
    if (isRefused) waits.push(Number(answer.headers['retry-after']))
    else goesOn.push(write)
  }
  expect(waits.filter(seconds => seconds < 7_100 || seconds > 7_200)).toEqual([])
  expect(goesOn.toSorted()).toEqual(GO_ON)
  for (const url of ['/api/events', '/api/status', '/api/storefront', '/api/cart', '/healthz', '/readyz'])
    expect([url, (await t.app.inject({ url })).statusCode]).toEqual([url, 200])
})

test('an admin switches the mode on at once and off again, and each holds within seconds', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const write = async () =>
    (await t.app.inject({ method: 'PUT', url: '/api/me/consents', headers, payload: {} })).statusCode
  const ask = async (url: string, payload: object) =>
    t.app.inject({ method: 'POST', url: `/api/admin${url}`, headers, payload })
  expect(await write()).toBe(422)

  const atOnce = maintenanceIn(0, { startsAt: null, pauses: true })
  expect((await ask('/maintenances', atOnce)).json().errors).toMatchObject([{ path: 'body.urgent' }])
  const started = await ask('/maintenances', { ...atOnce, urgent: true })
  expect([started.statusCode, started.json()]).toMatchObject([201, { state: 'running', pauses: true }])
  t.forward(SECONDS_MS)
  expect(await write()).toBe(503)

  await ask(`/notices/${started.json<Notice>().id}/updates`, { text: SAID.text, over: true })
  t.forward(SECONDS_MS)
  expect(await write()).toBe(422)
})

test('the mode begins by itself only where that was announced, and stays on after the expected end until somebody ends it', async () => {
  await using t = await testApp()
  const write = async () => t.app.inject({ method: 'POST', url: '/api/takedowns', payload: {} })
  const planned = { announcedAt: hoursFromNow(-80), startsAt: hoursFromNow(1), endsAt: hoursFromNow(2) }
  await addNotice(t, 'maintenance', planned)
  await addNotice(t, 'maintenance', { ...planned, pauses: true, startsAt: hoursFromNow(1.5) })
  t.forward(1.2 * 3_600_000)
  expect((await write()).statusCode).toBe(422)
  t.forward(0.5 * 3_600_000)
  expect((await write()).statusCode).toBe(503)
  t.forward(10 * 3_600_000)
  const late = await write()
  expect([late.statusCode, late.headers['retry-after']]).toEqual([503, '300'])
})
