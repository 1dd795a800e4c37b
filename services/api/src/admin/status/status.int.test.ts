import type { Notice, Status } from '@pix/contracts/notices.ts'
import type { Storefront } from '@pix/contracts/storefront.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { notices, noticeUpdates } from '@pix/db/schema/notices.ts'
import { like, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addNotice, hoursFromNow, maintenanceIn, SAID } from '../../testing/notices.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

const HOUR_MS = 3_600_000
const between = (from: number, until: number) => ({ startsAt: hoursFromNow(from), endsAt: hoursFromNow(until) })
const status = async (t: TestApp) => (await t.app.inject({ url: '/api/status' })).json<Status>()
const line = async (t: TestApp) => (await t.app.inject({ url: '/api/storefront' })).json<Storefront>().notice
const TEXT = { th: 'พบสาเหตุแล้ว', en: 'The cause is found' }

/** Asks as an admin who has just signed in: access tokens end when the clock is moved. */
const asAdmin =
  (t: TestApp) =>
  async (method: 'POST' | 'PUT', url: string, payload: object = {}) =>
    t.app.inject({ method, url: `/api/admin${url}`, headers: (await t.user('admin')).headers, payload })
const fieldOf = (answer: { json: () => { errors: { path: string }[] } }) => answer.json().errors[0]?.path

test('an incident is on the page of everybody when it is opened, with each update, and in its history once it is over', async () => {
  await using t = await testApp()
  expect(await status(t)).toMatchObject({ running: [], planned: [], past: [] })
  const ask = asAdmin(t)
  const opened = await ask('POST', '/incidents', SAID)
  expect([opened.statusCode, await line(t)]).toMatchObject([
    201,
    { kind: 'incident', title: SAID.title, running: true },
  ])

  const { id } = opened.json<Notice>()
  await ask('POST', `/notices/${id}/updates`, { text: TEXT, over: false })
  t.forward(60_000)
  expect((await status(t)).running).toMatchObject([{ id, ...SAID, endsAt: null, updates: [{ text: TEXT }] }])
  await ask('POST', `/notices/${id}/updates`, { text: SAID.text, over: true })

  const over = { id, state: 'over', updates: [{ text: TEXT }, { text: SAID.text }] }
  expect(await status(t)).toMatchObject({ running: [], planned: [], past: [over] })
  expect(await line(t)).toBeNull()
  expect((await ask('POST', `/notices/${id}/updates`, { text: TEXT, over: false })).statusCode).toBe(409)
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(like(auditEvents.subject, `notice:${id}`))
  expect(lines.map(({ action }) => action).sort()).toEqual(['notice.end', 'notice.open', 'notice.update'])
  t.forward(91 * 24 * HOUR_MS)
  expect((await status(t)).past).toEqual([])
})

test('maintenance is announced 72 h before, a later announcement is urgent, and neither ends before it begins or began before it was announced', async () => {
  await using t = await testApp()
  const ask = asAdmin(t)
  const soon = await ask('POST', '/maintenances', maintenanceIn(71))
  expect([soon.statusCode, fieldOf(soon)]).toEqual([422, 'body.urgent'])
  expect((await ask('POST', '/maintenances', maintenanceIn(71, { urgent: true }))).json()).toMatchObject({
    urgent: true,
  })
  expect((await ask('POST', '/maintenances', maintenanceIn(73, { urgent: true }))).json()).toMatchObject({
    urgent: false,
  })
  for (const [field, wrong] of [
    ['startsAt', maintenanceIn(-1, { urgent: true })],
    ['endsAt', maintenanceIn(80, { endsAt: maintenanceIn(80).startsAt })],
    ['parts', maintenanceIn(80, { parts: ['shop', 'shop'] })],
    ['parts', maintenanceIn(80, { parts: [] })],
    ['title.en', maintenanceIn(80, { title: { th: 'ย้าย', en: ' ' } })],
  ] as const) {
    const answer = await ask('POST', '/maintenances', wrong)
    expect([answer.statusCode, fieldOf(answer)]).toEqual([422, `body.${field}`])
  }
  expect((await status(t)).planned.map(({ state }) => state)).toEqual(['planned', 'planned'])
})

test('maintenance is changed and cancelled until it begins, an earlier beginning needs 72 h again, and a later one does not', async () => {
  await using t = await testApp()
  const ask = asAdmin(t)
  const id = await addNotice(t, 'maintenance', { announcedAt: hoursFromNow(-40), ...between(60, 62) })
  const change = async (hours: number, more: object = {}) =>
    ask('PUT', `/maintenances/${id}`, maintenanceIn(hours, more))
  expect((await change(61)).statusCode).toBe(200)
  const earlier = await change(60)
  expect([earlier.statusCode, fieldOf(earlier)]).toEqual([422, 'body.urgent'])
  expect((await change(60, { urgent: true })).json()).toMatchObject({ urgent: true })

  const other = await addNotice(t, 'maintenance')
  expect((await ask('POST', `/maintenances/${other}/cancel`)).json()).toMatchObject({ state: 'cancelled' })
  expect((await ask('PUT', `/maintenances/${other}`, maintenanceIn(200))).statusCode).toBe(409)
  expect((await ask('POST', `/notices/${id}/updates`, { text: TEXT, over: true })).statusCode).toBe(409)
  const begun = await addNotice(t, 'maintenance', { announcedAt: hoursFromNow(-80), ...between(-1, 1) })
  expect((await ask('PUT', `/maintenances/${begun}`, maintenanceIn(300))).statusCode).toBe(409)
  expect((await ask('POST', `/maintenances/${begun}/cancel`)).statusCode).toBe(409)
  const now = await status(t)
  expect(now).toMatchObject({ running: [{ id: begun }], planned: [{ id }], past: [{ id: other, state: 'cancelled' }] })
})

test('running maintenance gets a later expected end, an incident has none, and an incident is neither changed nor cancelled as maintenance', async () => {
  await using t = await testApp()
  const ask = asAdmin(t)
  const incident = await addNotice(t, 'incident')
  const maintenance = await addNotice(t, 'maintenance', { announcedAt: hoursFromNow(-80), ...between(-2, -1) })
  const endsAt = hoursFromNow(1).toISOString()
  const update = async (id: string, more: object) =>
    ask('POST', `/notices/${id}/updates`, { text: TEXT, over: false, ...more })
  expect((await update(maintenance, { endsAt })).json()).toMatchObject({ endsAt, state: 'running' })
  for (const [id, at] of [
    [maintenance, hoursFromNow(-1).toISOString()],
    [incident, endsAt],
  ] as const)
    expect(fieldOf(await update(id, { endsAt: at }))).toBe('body.endsAt')
  expect((await ask('POST', `/maintenances/${incident}/cancel`)).statusCode).toBe(404)
  expect((await ask('PUT', `/maintenances/${incident}`, maintenanceIn(300))).statusCode).toBe(404)
})

test('pages say maintenance from 24 h before it begins, and before it what goes on now', async () => {
  await using t = await testApp()
  await addNotice(t, 'maintenance', { titleEn: 'Later' })
  t.forward(75 * HOUR_MS)
  expect(await line(t)).toBeNull()
  t.forward(2 * HOUR_MS)
  expect(await line(t)).toMatchObject({ kind: 'maintenance', title: { en: 'Later' }, running: false })
  const incident = await addNotice(t, 'incident', { titleEn: 'Now' })
  expect(await line(t)).toMatchObject({ kind: 'incident', title: { en: 'Now' }, running: true })
  await t.db
    .update(notices)
    .set({ endedAt: t.deps.now() })
    .where(sql`id = ${incident}`)
  t.forward(23 * HOUR_MS)
  expect(await line(t)).toMatchObject({ kind: 'maintenance', running: true })
})

/** Why PostgreSQL refused it; null where it did not. */
const refusalOf = async (what: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(what).then(
    () => null,
    (error: Error) => error.cause,
  )

test('the database keeps what was said: no late announcement that is not urgent, no change of what is over, nothing deleted', async () => {
  await using t = await testApp()
  const soon = hoursFromNow(71)
  const wrong: [kind: 'incident' | 'maintenance', row: Partial<typeof notices.$inferInsert>, constraint: string][] = [
    ['maintenance', { startsAt: soon }, 'notices_announced'],
    ['maintenance', { endsAt: soon }, 'notices_order'],
    ['maintenance', { endsAt: null }, 'notices_expected'],
    ['maintenance', { parts: [] }, 'notices_parts'],
    ['maintenance', { titleTh: '' }, 'notices_texts'],
    ['maintenance', { cancelledAt: hoursFromNow(200) }, 'notices_cancelled'],
    ['incident', { endsAt: soon }, 'notices_expected'],
    ['incident', { pauses: true }, 'notices_incident'],
  ]
  for (const [kind, row, constraint] of wrong)
    expect(await refusalOf(addNotice(t, kind, row))).toMatchObject({ constraint })
  const id = await addNotice(t, 'incident')
  const words = { textTh: 'ก', textEn: 'a' }
  await t.db.insert(noticeUpdates).values({ id: t.deps.newId(), noticeId: id, at: new Date(), ...words })
  expect(await refusalOf(t.db.update(noticeUpdates).set({ textEn: 'b' }))).toMatchObject({ code: '42501' })
  expect(await refusalOf(t.db.delete(notices))).toMatchObject({ message: 'a notice is kept' })
  await t.db.update(notices).set({ endedAt: t.deps.now() })
  expect(await refusalOf(t.db.update(notices).set({ titleEn: 'other' }))).toMatchObject({
    message: 'the notice is over',
  })
})

test('browsers keep the answer for ten seconds, and an admin who writes it is never shown an old one', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const ofStranger = await t.app.inject({ url: '/api/status' })
  expect(ofStranger.headers['cache-control']).toBe('public, max-age=10')
  const ofAdmin = await t.app.inject({ url: '/api/status', headers })
  expect(ofAdmin.headers['cache-control']).toBe('no-store')
})
