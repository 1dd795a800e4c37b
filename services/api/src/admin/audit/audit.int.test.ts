import type { AuditLine } from '@pix/contracts/audit.ts'
import { newId } from '@pix/db/ids.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { createLog } from '@pix/platform/log.ts'
import { eq, sql } from 'drizzle-orm'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { exportAudit } from './export-audit.ts'

type Line = typeof auditEvents.$inferInsert
const blank = (length: number): Partial<Line>[] => Array.from({ length }, () => ({}))

/** An admin who reads, and lines that are there already, the oldest first. */
async function scene(t: TestApp, lines: Partial<Line>[] = []) {
  const admin = await t.user('admin')
  const rows = lines.map((line): Line => ({
    id: newId(),
    actorId: admin.id,
    action: 'event.create',
    subject: 'event:none',
    ...line,
  }))
  if (rows.length > 0) await t.db.insert(auditEvents).values(rows)
  const ask = (query: Record<string, string> = {}) =>
    t.app.inject({ url: `/api/admin/audit?${new URLSearchParams(query)}`, headers: admin.headers })
  const read = async (query: Record<string, string> = {}) => {
    const answer = await ask(query)
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    return answer.json() as { items: AuditLine[]; nextCursor: string | null }
  }
  return { admin, ids: rows.map(row => row.id), ask, read }
}

test('only admins read the audit', async () => {
  await using t = await testApp()
  const { admin } = await scene(t)
  const status = async (headers: Record<string, string> = {}) =>
    (await t.app.inject({ url: '/api/admin/audit', headers })).statusCode
  expect(await status()).toBe(401)
  expect(await status((await t.visitor()).headers)).toBe(401)
  for (const role of ['customer', 'photographer', 'organizer'] as const)
    expect([role, await status((await t.user(role)).headers)]).toEqual([role, 403])
  expect(await status(admin.headers)).toBe(200)
  await t.user('admin')
  await t.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, admin.id))
  expect(await status(admin.headers)).toBe(401)
})

test('a line says when, who, from where, what, on which event, and what was there before and after', async () => {
  await using t = await testApp()
  const { admin, read } = await scene(t)
  const event = await t.event()
  const before = Date.now()
  const headers = { ...admin.headers, 'user-agent': `Phone ${'x'.repeat(300)}` }
  const url = `/api/events/${event.id}/status`
  await t.app.inject({ method: 'PUT', url, payload: { status: 'closed' }, headers })

  const { items, nextCursor } = await read()
  expect(items).toEqual([
    {
      id: expect.any(String),
      at: expect.any(String),
      actor: { id: admin.id, name: admin.name, email: admin.email },
      action: 'event.status',
      subject: `event:${event.id}`,
      subjectName: { th: event.nameTh, en: event.nameEn },
      studioId: event.studioId,
      from: { ip: '127.0.0.1', device: `Phone ${'x'.repeat(194)}` },
      before: { status: 'on_sale' },
      after: { status: 'closed' },
      detail: {},
    },
  ])
  expect(Math.abs(Date.parse(items[0]!.at) - before)).toBeLessThan(600_000)
  expect(nextCursor).toBeNull()
})

test('packages of an event are recorded about the event, as everything else is', async () => {
  await using t = await testApp()
  const { admin, read } = await scene(t)
  const event = await t.event()
  const items = [
    { kind: 'single', name: { th: 'หนึ่ง', en: 'One' }, photoCount: 1, price: { amount: 5000, currency: 'THB' } },
  ]
  const url = `/api/events/${event.id}/packages`
  expect((await t.app.inject({ method: 'POST', url, payload: { items }, headers: admin.headers })).statusCode).toBe(200)
  const [line] = (await read({ subject: `event:${event.id}` })).items
  expect(line).toMatchObject({
    action: 'event.packages',
    actor: { id: admin.id },
    before: { items: [] },
    after: { items },
  })
})

test('an audit line distinguishes the system from an account that is gone, and shows an event that is gone by its id', async () => {
  await using t = await testApp()
  const gone = await t.user('admin')
  const event = await t.event({ faceSearchBy: (await t.user('admin')).id })
  const { read } = await scene(t, [
    { actorId: null, action: 'faces.change_engine', subject: `event:${event.id}` },
    { actorId: gone.id, action: 'a_word_of_old', subject: event.id },
  ])
  await t.db.delete(users).where(eq(users.id, gone.id))
  await t.db.delete(events).where(eq(events.id, event.id))
  expect((await read()).items).toMatchObject([
    { actor: { id: gone.id, name: null, email: null }, action: 'a_word_of_old', subject: event.id, subjectName: null },
    { actor: null, action: 'faces.change_engine', subject: `event:${event.id}`, subjectName: null },
  ])
})

test('pages of fifty are read to the end without gap or repeat, where lines share an instant or a millisecond', async () => {
  await using t = await testApp()
  const { ids, read } = await scene(t, blank(120))
  // Two lines share each instant, ten share each millisecond, and the ids have another order than the instants.
  await t.owner().execute(sql`
    update audit_events set created_at = timestamptz '2026-11-01 00:00:00.000001+00'
      + n / 10 * interval '1 millisecond' + n % 10 / 2 * interval '37 microsecond'
    from (select id, row_number() over (order by md5(id::text)) as n from audit_events) numbered
    where numbered.id = audit_events.id`)
  const order = await t.db.execute<{ id: string }>(sql`select id from audit_events order by created_at desc, id desc`)

  for (const [limit, sizes] of [
    [undefined, [50, 50, 20]],
    ['7', [...Array<number>(17).fill(7), 1]],
  ] as const) {
    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const page = await read({ ...(limit ? { limit } : {}), ...(cursor ? { cursor } : {}) })
      pages.push(page.items.map(line => line.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(pages.map(page => page.length)).toEqual(sizes)
    expect(pages.flat()).toEqual(order.rows.map(row => row.id))
  }
  expect(new Set(order.rows.map(row => row.id))).toEqual(new Set(ids))
})

test('a line that is written while somebody reads shifts no page', async () => {
  await using t = await testApp()
  const { admin, ids, read } = await scene(
    t,
    [{}, {}, {}].map((_, n) => ({ createdAt: new Date(n * 1_000) })),
  )
  const first = await read({ limit: '2' })
  await t.db
    .insert(auditEvents)
    .values({ id: newId(), actorId: admin.id, action: 'event.status', subject: 'event:none' })
  const second = await read({ limit: '2', cursor: first.nextCursor! })
  expect([...first.items, ...second.items].map(line => line.id)).toEqual(ids.toReversed())
})

test('lines are found by who, by a part of the name or the e-mail, and by the system; wildcards are only characters', async () => {
  await using t = await testApp()
  const somchai = await t.user('admin', { name: 'สมชาย ๑๐๐%', email: 'somchai_k@test.example' })
  const mary = await t.user('admin', { name: 'Mary', email: 'mary.k@test.example' })
  const { ids, read } = await scene(t, [{ actorId: somchai.id }, { actorId: mary.id }, { actorId: null }])
  const found = async (actor: string) => (await read({ actor })).items.map(line => ids.indexOf(line.id))
  expect(await found('มชา')).toEqual([0])
  expect(await found('100%')).toEqual([0])
  expect(await found('MARY')).toEqual([1])
  expect(await found('k@test')).toEqual([1, 0])
  expect(await found('i_k')).toEqual([0])
  expect(await found('%')).toEqual([0])
  expect(await found('y_k')).toEqual([])
  expect(await found('system')).toEqual([2])
  expect(await found("' or true --")).toEqual([])
})

test('lines are found by what was done, by its first words, and by the subject', async () => {
  await using t = await testApp()
  const { ids, read } = await scene(t, [
    { action: 'event.create', subject: 'event:1' },
    { action: 'event.create_again', subject: 'event:2' },
    { action: 'events.x', subject: 'event:1' },
  ])
  const found = async (query: Record<string, string>) => (await read(query)).items.map(line => ids.indexOf(line.id))
  expect(await found({ action: 'event' })).toEqual([1, 0])
  expect(await found({ action: 'event.create' })).toEqual([0])
  expect(await found({ action: 'even' })).toEqual([])
  expect(await found({ subject: 'event:1' })).toEqual([2, 0])
  expect(await found({ subject: 'event:' })).toEqual([])
  expect(await found({ subject: 'event:1', action: 'event' })).toEqual([0])
})

test('days are those of Bangkok, both included', async () => {
  await using t = await testApp()
  const instants = [
    '2026-10-31T16:59:59.999Z',
    '2026-10-31T17:00:00Z',
    '2026-11-01T16:59:59.999Z',
    '2026-11-01T17:00:00Z',
  ]
  const { ids, read } = await scene(
    t,
    instants.map(at => ({ createdAt: new Date(at) })),
  )
  const found = async (query: Record<string, string>) => (await read(query)).items.map(line => ids.indexOf(line.id))
  expect(await found({ from: '2026-11-01', to: '2026-11-01' })).toEqual([2, 1])
  expect(await found({ from: '2026-11-02' })).toEqual([3])
  expect(await found({ to: '2026-10-31' })).toEqual([0])
  expect(await found({ from: '2026-11-02', to: '2026-11-01' })).toEqual([])
  expect(await found({ from: '0001-01-01', to: '9999-12-31' })).toEqual([3, 2, 1, 0])
})

const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')

const REFUSED = [
  { cursor: 'nonsense' },
  { cursor: cursorOf() },
  { cursor: cursorOf('2026-11-01', newId()) },
  { cursor: cursorOf(1e300, newId()) },
  { cursor: cursorOf(0.5, newId()) },
  { cursor: cursorOf(0, 'x') },
  { limit: '0' },
  { limit: '101' },
  { action: 'event.' },
  { action: 'Event%' },
  { actor: '' },
  { actor: '\0' },
  { subject: 'x'.repeat(201) },
  { from: '2026-02-30' },
  { to: '01/11/2026' },
  { who: 'mary' },
]

test('a cursor that we did not make, and every filter that is none, is refused and named', async () => {
  await using t = await testApp()
  const { ask } = await scene(t)
  for (const query of REFUSED) {
    const answer = await ask(query as Record<string, string>)
    expect([query, answer.statusCode, answer.json().code]).toEqual([query, 422, 'invalid_request'])
    expect(answer.json().errors).toMatchObject([{ path: expect.stringContaining('query') }])
  }
})

test('the farthest cursor that is ours in form leads to a page, not to a fault', async () => {
  await using t = await testApp()
  const { ids, read } = await scene(t, [{}])
  const far = (micros: number) => read({ cursor: cursorOf(micros, newId()) })
  expect((await far(Number.MAX_SAFE_INTEGER)).items.map(line => line.id)).toEqual(ids)
  expect((await far(Number.MIN_SAFE_INTEGER)).items).toEqual([])
})

test('the audit is exported whole with the filters of the page, as JSON and as CSV that no spreadsheet runs', async () => {
  await using t = await testApp()
  const formula = '=HYPERLINK("http://evil.example","click")'
  const { admin, ids } = await scene(t, [
    ...Array.from({ length: 1_203 }, () => ({ action: 'event.create' })),
    { action: 'event.status', subject: formula, detail: { reason: 'a "quoted", line\nof two' } },
    { action: 'photos.decide' },
  ])
  const download = (query: Record<string, string>) =>
    t.app.inject({ url: `/api/admin/audit/export?${new URLSearchParams(query)}`, headers: admin.headers })
  const json = await download({ format: 'json', action: 'event' })
  expect(json.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.json"$/),
    'cache-control': 'no-store',
  })
  const lines = json.json<AuditLine[]>()
  expect(new Set(lines.map(({ id }) => id))).toEqual(new Set(ids.slice(0, -1)))
  expect(lines).toHaveLength(1_204)

  const csv = await download({ format: 'csv', subject: formula })
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
  const [head, ...rows] = csv.body.trimEnd().split('\r\n')
  expect(head).toMatch(/^\uFEFF"id","at","actor_id"/)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain(`"'${formula.replaceAll('"', '""')}"`)
  expect((await download({ format: 'json', action: 'event', actor: 'nobody' })).json()).toEqual([])
  const taken = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'audit.export'))
  expect(taken).toContainEqual(
    expect.objectContaining({ actorId: admin.id, detail: { format: 'csv', filters: { subject: formula } } }),
  )
  expect(taken.map(({ detail }) => detail.filters)).toContainEqual({ action: 'event', actor: 'given' })
})

test('lines are narrowed to one studio', async () => {
  await using t = await testApp()
  const [one, other] = [await t.studio(), await t.studio()]
  const { ids, read } = await scene(t, [{ studioId: one.id }, { studioId: other.id }, { studioId: null }])
  expect((await read({ studio: one.id })).items.map(line => ids.indexOf(line.id))).toEqual([0])
})

test('an export whose query fails halfway is in the log', async () => {
  const lines: string[] = []
  const log = createLog('api', { level: 'error', pretty: false }, { write: line => void lines.push(line) })
  await using t = await testApp({ log })
  // There are more lines than are read at once: the next ones are asked for once the first are taken.
  const ctx = t.callerContext((await scene(t, blank(600))).admin)
  const files = [await exportAudit(ctx, { format: 'json' }), await exportAudit(ctx, { format: 'csv' })]
  await t.owner().execute(sql`alter table audit_events rename to gone`)
  for (const { body } of files) await expect(text(body)).rejects.toThrow('Failed query')
  expect(lines.map(line => JSON.parse(line).format)).toEqual(['json', 'csv'])
})
