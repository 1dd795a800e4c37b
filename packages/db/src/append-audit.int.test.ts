import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appendAudit } from './append-audit.ts'
import { auditEvents } from './schema/audit.ts'
import { photos } from './schema/photos.ts'
import { manyPeople } from './schema/searches.ts'
import { takedowns } from './schema/takedowns.ts'
import { addStudioRows } from './studio-rows-testing.ts'
import { asSystem, withStudio } from './tenant.ts'
import { testDb } from './testing.ts'

test('a line holds who, from where, and before and after; what nobody asked for comes from nowhere', async () => {
  await using t = await testDb()
  const userId = '01996d6c-0000-7000-8000-000000000001'
  const from = { ip: '2001:db8::7', device: 'Phone' }
  const facts = { before: { status: 'open' }, after: { status: 'on_sale' }, photos: 3 }
  await appendAudit({ db: t.db, caller: { userId }, from }, 'event.status', 'event:1', facts)
  await appendAudit(asSystem({ db: t.db }), 'event.status', 'event:2', {})
  const { before, after } = facts
  expect(await t.db.select().from(auditEvents).orderBy(auditEvents.position)).toMatchObject([
    { position: 1, actorId: userId, ...from, before, after, detail: { photos: 3 } },
    { position: 2, actorId: null, studioId: null, ip: null, device: null, before: null, after: null, detail: {} },
  ])
})

test("a line is of its subject's studio, and in the staff's transaction of theirs", async () => {
  await using t = await testDb()
  const studioId = await addStudioRows(t.owner())
  const [photo] = await t.db.select().from(photos)
  const [takedown] = await t.db.select().from(takedowns)
  const [many] = await t.db.select().from(manyPeople)
  await t.owner().execute(sql`truncate audit_events`)
  const ofStudio = [
    `event:${photo!.eventId}`,
    `photo:${photo!.id}`,
    `failed_photo:${photo!.id}`,
    `takedown:${takedown!.id}`,
    `many_people:${many!.id}`,
    `studio:${studioId}`,
  ]
  const ofNone = ['event:1', `event:${studioId}`, `user:${photo!.photographerId}`, `mail:${photo!.id}`]
  for (const subject of [...ofStudio, ...ofNone]) await appendAudit(asSystem({ db: t.db }), 'event.status', subject, {})
  const staff = { caller: { userId: photo!.photographerId }, from: null, studioId }
  await withStudio(t.db, studioId, db => appendAudit({ ...staff, db }, 'event.delete', `event:${studioId}`, {}))
  const lines = await t.db.select().from(auditEvents).orderBy(auditEvents.position)
  expect(lines.map(line => [line.subject, line.studioId])).toEqual([
    ...ofStudio.map(subject => [subject, studioId]),
    ...ofNone.map(subject => [subject, null]),
    [`event:${studioId}`, studioId],
  ])
})

test('a secret or a biometric datum among the facts is refused, however deep; a count of them is not', async () => {
  await using t = await testDb()
  const append = (facts: object) => appendAudit(asSystem({ db: t.db }), 'event.status', 'event:1', { ...facts })
  for (const facts of [
    { password: 'x' },
    { after: { passwordHash: 'x' } },
    { before: { items: [{ accessToken: 'x' }] } },
    { face: { embedding: [0.1, 0.2] } },
  ])
    await expect(append(facts)).rejects.toThrow(/must not hold/)
  await append({ recoveryCodes: 8, passwordChanged: true })
  const { rows } = await t.db.execute(sql`select count(*)::int as lines from audit_events`)
  expect(rows).toEqual([{ lines: 1 }])
})
