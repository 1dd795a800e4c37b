import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appendAudit } from './append-audit.ts'
import { auditEvents } from './schema/audit.ts'
import { asSystem } from './tenant.ts'
import { testDb } from './testing.ts'

test('a line holds who, for which studio, from where, and before and after; what nobody asked for comes from nowhere', async () => {
  await using t = await testDb()
  const [userId, studioId] = ['01996d6c-0000-7000-8000-000000000001', '01996d6c-0000-7000-8000-000000000002']
  const from = { ip: '2001:db8::7', device: 'Phone' }
  const facts = { studioId, before: { status: 'open' }, after: { status: 'on_sale' }, photos: 3 }
  await appendAudit({ db: t.db, caller: { userId }, from }, 'event.status', 'event:1', facts)
  await appendAudit(asSystem({ db: t.db }), 'event.status', 'event:2', {})
  expect(await t.db.select().from(auditEvents).orderBy(auditEvents.position)).toMatchObject([
    {
      position: 1,
      actorId: userId,
      studioId,
      ...from,
      before: facts.before,
      after: facts.after,
      detail: { photos: 3 },
    },
    { position: 2, actorId: null, studioId: null, ip: null, device: null, before: null, after: null, detail: {} },
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
