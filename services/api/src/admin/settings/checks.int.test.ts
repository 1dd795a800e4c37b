import type { Storage } from '@pix/platform/storage.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { listAll, BUCKETS } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBank } from '../../money/payments/bank-testing.ts'
import { createPayNoi, PAYNOI_TIMES } from '../../money/payments/gateways/paynoi/paynoi.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

let bank: Awaited<ReturnType<typeof startBank>>
beforeAll(async () => void (bank = await startBank()))
afterAll(() => bank?.stop())

const KEYS = { PAYNOI_API_KEY: 'test-api-key', PAYNOI_KEY_ID: 'test-key-id', PAYNOI_ACCOUNT: '0899999999' }
const gateways = (url: string, more: object = {}) =>
  new Map([['paynoi', createPayNoi({ ...KEYS, PAYNOI_URL: url, ...more }, { ...PAYNOI_TIMES, totalMs: 2_000 })]])

async function post(t: TestApp, url: string, payload: object = {}) {
  const { headers } = await t.user('admin')
  const body = url === '/letter' ? { payload } : {}
  return t.app.inject({ method: 'POST', url: `/api/admin/checks${url}`, headers, ...body })
}
const askGateway = async (url: string, more: object = {}) => {
  await using t = await testApp({ gateways: gateways(url, more) })
  return (await post(t, '/gateways')).json().items
}

test('a gateway that answers passes, one that refuses the key says so, and no charge is made', async () => {
  const before = await bank.charges()
  expect(await askGateway(bank.url)).toEqual([{ name: 'paynoi', answer: 'answers' }])
  expect(await askGateway(bank.url, { PAYNOI_API_KEY: 'wrong' })).toEqual([{ name: 'paynoi', answer: 'key_refused' }])
  expect(await bank.charges()).toEqual(before)
})

test('a gateway that is away, fails, or is somebody else does not pass', async () => {
  expect(await askGateway('http://127.0.0.1:9')).toEqual([{ name: 'paynoi', answer: 'away' }])
  await bank.faults({ fail: 'both' })
  expect(await askGateway(bank.url)).toEqual([{ name: 'paynoi', answer: 'away' }])
  await bank.faults()
  const other = createServer((_, response) => response.writeHead(404).end('<h1>not here</h1>'))
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const { port } = other.address() as AddressInfo
  expect(await askGateway(`http://127.0.0.1:${port}`)).toEqual([{ name: 'paynoi', answer: 'away' }])
  other.close()
})

test('the storage passes when objects are written, read and deleted, and keeps none of them', async () => {
  await using t = await testApp()
  expect((await post(t, '/storage')).json()).toEqual({ failedAt: null })
  for (const bucket of BUCKETS) expect(await listAll(t.storage, bucket, '')).toEqual([])
})

test('the storage says at which step it fails', async () => {
  await using real = await testStorage()
  const away = async () => Promise.reject(new Error('denied'))
  const broken = (change: Partial<Storage>): Storage => Object.assign(Object.create(real) as Storage, change)
  for (const [change, failedAt] of [
    [{ put: away }, 'write'],
    [{ get: away }, 'read'],
    [{ get: async () => null }, 'read'],
    [{ delete: away }, 'delete'],
  ] as const) {
    await using t = await testApp({ storage: broken(change) })
    expect((await post(t, '/storage')).json()).toEqual({ failedAt })
  }
})

test("a test letter goes to the admin's own address, and says what became of it", async () => {
  await using t = await testApp()
  const admin = await t.user('admin')
  const { headers } = admin
  const sent = await t.app.inject({
    method: 'POST',
    url: '/api/admin/checks/letter',
    headers,
    payload: { locale: 'en' },
  })
  expect(sent.json()).toMatchObject({ to: admin.email, state: 'queued', answer: null })
  const { id } = sent.json<{ id: string }>()
  const look = async () => (await t.app.inject({ url: `/api/admin/checks/letter/${id}`, headers })).json()
  const become = (row: object) => t.db.update(outgoingMail).set(row).where(eq(outgoingMail.id, id))

  await become({ lastAnswer: '535 wrong password', attempts: 1 })
  expect(await look()).toMatchObject({ state: 'failed', answer: '535 wrong password' })
  await become({ lastAnswer: null, sentAt: new Date(), nextTryAt: null })
  expect(await look()).toMatchObject({ state: 'sent', answer: null })
})

test('no other letter is read by the address of the check', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const id = t.deps.newId()
  const words = { template: 'order_paid', locale: 'en', facts: {}, recipient: 'a@b.example' } as const
  await t.db.insert(outgoingMail).values({ id, ...words, dedupeKey: id })
  expect((await t.app.inject({ url: `/api/admin/checks/letter/${id}`, headers })).statusCode).toBe(404)
})
