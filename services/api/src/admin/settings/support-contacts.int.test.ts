import type { Storefront } from '@pix/contracts/storefront.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { contactLine } from '../../base/support-contacts.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

const NONE = { email: null, lineId: null, phone: null, hours: null }
const HOURS = { th: 'ทุกวัน 9.00–18.00 น.', en: 'Every day 9:00–18:00' }

const set = async (t: TestApp, headers: Record<string, string>, payload: object) =>
  t.app.inject({ method: 'PUT', url: '/api/admin/support-contacts', headers, payload: { ...NONE, ...payload } })
const shown = async (t: TestApp) => (await t.app.inject({ url: '/api/storefront' })).json<Storefront>().contacts

test('the shop shows what an admin has set, letters name it in one line, and each change is in the audit', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  expect(await shown(t)).toEqual({ ...NONE, text: 'LINE @shop-test' })
  expect(await contactLine(t.deps)).toBe('LINE @shop-test')

  const given = { email: 'Help@Shop.Example', lineId: '@ThePix', phone: '02 123 4567', hours: HOURS }
  const answer = await set(t, headers, given)

  const kept = { email: 'Help@shop.example', lineId: '@ThePix', phone: '02 123 4567', hours: HOURS, text: null }
  expect([answer.statusCode, answer.json()]).toEqual([200, kept])
  expect(await shown(t)).toEqual(kept)
  expect(await contactLine(t.deps)).toBe('LINE @ThePix, 02 123 4567, Help@shop.example')
  await set(t, headers, given)
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'support.change'))
  expect(lines).toMatchObject([{ subject: 'platform', before: { text: 'LINE @shop-test' }, after: kept }])

  await set(t, headers, {})
  expect(await shown(t)).toEqual({ ...NONE, text: 'LINE @shop-test' })
})

test('hours alone are refused, and what was set stays', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  await set(t, headers, { phone: '02 123 4567', hours: HOURS })
  const answer = await set(t, headers, { hours: HOURS })
  expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.hours'])
  expect(await shown(t)).toMatchObject({ phone: '02 123 4567', hours: HOURS, text: null })
})

test('what nobody could be reached by is refused with its field, and nobody but an admin changes it', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  for (const [field, payload] of [
    ['email', { email: 'no address' }],
    ['lineId', { lineId: '@a b' }],
    ['lineId', { lineId: '"><script>' }],
    ['phone', { phone: 'call me' }],
    ['hours.en', { hours: { th: 'ทุกวัน', en: ' ' } }],
  ] as const) {
    const answer = await set(t, headers, payload)
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, `body.${field}`])
  }
  const { headers: others } = await t.user('photographer')
  expect((await set(t, others, { phone: '02 123 4567' })).statusCode).toBe(403)
  expect(await shown(t)).toEqual({ ...NONE, text: 'LINE @shop-test' })
})
