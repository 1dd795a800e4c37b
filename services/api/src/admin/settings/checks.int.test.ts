import { outgoingMail } from '@pix/db/schema/letters.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { BUCKETS, listAll, type Storage } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openGateways } from '../../money/payments/index.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

async function post(t: TestApp, url: string) {
  const { headers } = await t.user('admin')
  return t.app.inject({ method: 'POST', url: `/api/admin/checks${url}`, headers })
}

test('each gateway of the settings is asked, and one that is away is named', async () => {
  await using t = await testApp()
  t.deps.gateways = openGateways(t.deps.settings)
  expect((await post(t, '/gateways')).json()).toEqual({ items: [{ name: 'paynoi', answer: 'away' }] })
})

test('the storage passes when objects are written, read and deleted, and keeps none of them', async () => {
  await using t = await testApp()
  expect((await post(t, '/storage')).json()).toEqual({ failedAt: null })
  for (const bucket of BUCKETS) expect(await listAll(t.storage, bucket, '')).toEqual([])
})

const denied = async () => Promise.reject(new Error('denied'))

test('the storage says at which step it fails', async () => {
  await using real = await testStorage()
  const broken = (change: Partial<Storage>): Storage => Object.assign(Object.create(real) as Storage, change)
  for (const [change, failedAt] of [
    [{ put: denied }, 'write'],
    [{ get: denied }, 'read'],
    [{ get: async () => null }, 'read'],
    [{ delete: denied }, 'delete'],
  ] as const) {
    await using t = await testApp({ storage: broken(change) })
    expect((await post(t, '/storage')).json()).toEqual({ failedAt })
  }
})

test("a test letter goes to the admin's own address, and says what happened to it", async () => {
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
