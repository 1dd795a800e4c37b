import type { Output } from '@pix/contracts/client.ts'
import type { splitRules as contract } from '@pix/contracts/split-rules.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { events } from '@pix/db/schema/events.ts'
import { photographerRates, splitRules } from '@pix/db/schema/split-rules.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { lockRules } from './lock-rules.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
  t.hold()
})
afterAll(() => t[Symbol.asyncDispose]())

type Who = { headers: Record<string, string> }
const post = async (who: Who, path: string, payload: object) => {
  t.forward(1_000)
  const answer = await t.app.inject({ method: 'POST', url: `/api/${path}`, payload, headers: who.headers })
  return { status: answer.statusCode, ...answer.json<{ id?: string; code?: string; errors?: { path: string }[] }>() }
}
const STANDARD = { platformBp: 3_000, studioBp: 0, photographerBp: 5_000, organizerBp: 2_000, preset: 'standard' }
const CUSTOM = { ...STANDARD, preset: 'custom' }
const listed = async (who: Who, studio: string) =>
  (await t.app.inject({ url: `/api/split-rules?studio=${studio}`, headers: who.headers })).json<
    Output<typeof contract>
  >()

test('a studio’s manager makes rules of its events, kinds and photographers and leaves the platform its share; the platform makes the others', async () => {
  const studio = await t.studio()
  const [manager, admin] = [await t.member(studio.id, 'manager'), await t.user('admin')]
  const [event, others] = [await t.event({ studioId: studio.id, category: 'run' }), await t.event()]
  const of = { studioId: studio.id, eventId: event.id }
  expect((await post(manager, 'split-rules', { ...STANDARD, ...of })).status).toBe(201)
  const less = { ...CUSTOM, platformBp: 2_999, studioBp: 1 }
  expect((await post(manager, 'split-rules', { ...less, ...of })).code).toBe('platform_share_too_small')
  expect((await post(manager, 'split-rules', { ...STANDARD, studioId: studio.id })).code).toBe('forbidden')
  expect((await post(manager, 'split-rules', { ...STANDARD, studioId: null })).code).toBe('forbidden')
  expect((await post(manager, 'split-rules', { ...STANDARD, ...of, eventId: others.id })).status).toBe(404)
  expect((await post(manager, 'split-rules', { ...STANDARD, studioId: HOUSE_STUDIO, eventId: others.id })).status).toBe(
    404,
  )
  const terms = { ...CUSTOM, platformBp: 1_000, studioBp: 2_000, studioId: studio.id }
  expect((await post(admin, 'split-rules', terms)).status).toBe(201)
  expect((await post(manager, 'split-rules', { ...less, ...of })).status).toBe(201)
  expect((await post(manager, 'split-rules', { ...less, studioId: studio.id, category: 'run' })).status).toBe(201)
  const { rules, isHouse } = await listed(manager, studio.id)
  expect(isHouse).toBe(false)
  expect(rules.filter(rule => rule.event?.id === event.id).map(rule => [rule.version, rule.inForce])).toEqual([
    [2, true],
    [1, false],
  ])
  expect(await t.db.$count(auditEvents, like(auditEvents.action, 'split_rule.add'))).toBe(4)
})

test('a manager’s rule leaves the platform also what it gets later, and a photographer’s what it gets of any kind of event', async () => {
  const studio = await t.studio()
  const manager = await t.member(studio.id, 'manager')
  const photographer = await t.member(studio.id, 'photographer')
  const event = await t.event({ studioId: studio.id, category: 'run' })
  const ofStudio = { studioId: studio.id, eventId: null, photographerId: null, category: null }
  const version = { id: '', version: 1, platformBp: 4_000, photographerBp: 6_000, organizerBp: 0 }
  const kept = { ...version, id: t.deps.newId(), category: 'concert' as const, startsAt: new Date('2026-01-01') }
  await t.db.insert(splitRules).values(kept)
  const rule = async (platformBp: number, of: object) => {
    const shares = { platformBp, photographerBp: 8_000 - platformBp }
    return (await post(manager, 'split-rules', { ...CUSTOM, ...shares, ...ofStudio, ...of })).code ?? 'made'
  }
  const [ofEvent, ofPhotographer] = [{ eventId: event.id }, { photographerId: photographer.id }]
  expect([await rule(3_999, ofPhotographer), await rule(4_000, ofPhotographer)]).toEqual([
    'platform_share_too_small',
    'made',
  ])
  expect([await rule(3_000, ofEvent), await rule(3_000, { category: 'concert' })]).toEqual([
    'made',
    'platform_share_too_small',
  ])
  const later = new Date(t.deps.now().getTime() + 10 * 86_400_000)
  const announced = { ...version, id: t.deps.newId(), studioId: studio.id, platformBp: 5_000, photographerBp: 5_000 }
  await t.db.insert(splitRules).values({ ...announced, startsAt: later })
  for (const of of [ofEvent, ofPhotographer, { category: 'run' }])
    expect([await rule(4_999, of), await rule(5_000, of)]).toEqual(['platform_share_too_small', 'made'])
  await t.owner().execute(sql`delete from split_rules where id = ${kept.id}`)
})

test('the rules and rates in force are listed, also where hundreds of later versions follow them', async () => {
  const studio = await t.studio()
  const [manager, photographer] = [await t.member(studio.id, 'manager'), await t.member(studio.id, 'photographer')]
  const old = t.deps.newId()
  const versions = Array.from({ length: 302 }, (_, n) => ({
    id: n === 0 ? old : t.deps.newId(),
    version: n + 1,
    startsAt: new Date(n === 0 ? '2026-01-02' : Date.UTC(2100, 0, 1, 0, n)),
  }))
  const of = { studioId: studio.id, photographerId: photographer.id }
  const shares = { platformBp: 3_000, photographerBp: 5_000, organizerBp: 2_000 }
  await t.db.insert(splitRules).values(versions.map(one => ({ ...one, ...of, ...shares })))
  const dated = versions.map(({ id, startsAt }) => ({ id, startsAt, ...of, rateBp: 1_000 }))
  await t.db.insert(photographerRates).values(dated)
  const { rules, rates } = await listed(manager, studio.id)
  const inForce = (rows: readonly { id: string; inForce: boolean }[]) =>
    rows.filter(row => row.inForce && row.id === old).length
  expect([inForce(rules), inForce(rates), rates.length]).toEqual([1, 1, 301])
})

test('a rate is not held to the rules of events that are closed, archived or removed', async () => {
  const studio = await t.studio()
  const [manager, photographer] = [await t.member(studio.id, 'manager'), await t.member(studio.id, 'photographer')]
  const rate = { studioId: studio.id, photographerId: photographer.id, rateBp: 5_000 }
  const shares = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, startsAt: new Date('2026-01-01') }
  const event = await t.event({ studioId: studio.id })
  await t.db
    .insert(splitRules)
    .values({ id: t.deps.newId(), version: 1, studioId: studio.id, eventId: event.id, ...shares })
  const given = async (state: Partial<typeof events.$inferInsert>) => {
    await t.db
      .update(events)
      .set({ status: 'on_sale', removedAt: null, ...state })
      .where(eq(events.id, event.id))
    return (await post(manager, 'photographer-rates', rate)).status
  }
  expect(await given({})).toBe(422)
  expect(await given({ status: 'closed' })).toBe(201)
  expect(await given({ status: 'archived' })).toBe(201)
  expect(await given({ removedAt: t.deps.now() })).toBe(201)
})

test('an event whose own rule leaves no room for a rate that was given since is not opened again', async () => {
  const studio = await t.studio()
  const [manager, photographer] = [await t.member(studio.id, 'manager'), await t.member(studio.id, 'photographer')]
  const event = await t.event({ studioId: studio.id, status: 'closed' })
  const shares = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, startsAt: new Date('2026-01-01') }
  const of = { version: 1, studioId: studio.id, eventId: event.id }
  await t.db.insert(splitRules).values({ id: t.deps.newId(), ...of, ...shares })
  const rate = { studioId: studio.id, photographerId: photographer.id }
  const move = async (status: string) => {
    const request = { method: 'PUT' as const, url: `/api/events/${event.id}/status`, headers: manager.headers }
    return (await t.app.inject({ ...request, payload: { status } })).json<{ code?: string; status: string }>()
  }
  expect((await post(manager, 'photographer-rates', { ...rate, rateBp: 5_000 })).status).toBe(201)
  expect(await move('on_sale')).toMatchObject({ code: 'rate_does_not_fit' })
  expect(await move('archived')).toMatchObject({ status: 'archived' })
  expect(await move('closed')).toMatchObject({ status: 'closed' })
  expect((await post(manager, 'photographer-rates', { ...rate, rateBp: null })).status).toBe(201)
  expect(await move('on_sale')).toMatchObject({ status: 'on_sale' })
})

test('an event that is opened again waits for a rate that is being given, and is held to it', async () => {
  const studio = await t.studio()
  const [manager, photographer] = [await t.member(studio.id, 'manager'), await t.member(studio.id, 'photographer')]
  const event = await t.event({ studioId: studio.id, status: 'closed' })
  const startsAt = new Date('2026-01-01')
  const rule = { version: 1, studioId: studio.id, eventId: event.id, platformBp: 10_000, photographerBp: 0 }
  await t.db.insert(splitRules).values({ id: t.deps.newId(), ...rule, organizerBp: 0, startsAt })
  let isMoved = false
  const move = async () => {
    const request = { method: 'PUT' as const, url: `/api/events/${event.id}/status`, headers: manager.headers }
    const answer = await t.app.inject({ ...request, payload: { status: 'on_sale' } })
    isMoved = true
    return answer.json<{ code?: string }>()
  }
  const waiting = sql`select count(*) as n from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`
  const moved = await t.db.transaction(async tx => {
    await lockRules(tx)
    const rate = { studioId: studio.id, photographerId: photographer.id, rateBp: 5_000, startsAt }
    await tx.insert(photographerRates).values({ id: t.deps.newId(), ...rate })
    const asked = move()
    await expect
      .poll(async () => isMoved || Number((await t.db.execute<{ n: string }>(waiting)).rows[0]!.n) > 0)
      .toBe(true)
    return { asked }
  })
  expect(await moved.asked).toMatchObject({ code: 'rate_does_not_fit' })
})

test('a rule begins now or with a day that is not over; of two for one day the later counts', async () => {
  const admin = await t.user('admin')
  const event = await t.event()
  const of = { ...CUSTOM, studioId: HOUSE_STUDIO, eventId: event.id }
  const day = (offset: number) => bangkokDay(new Date(t.deps.now().getTime() + offset * 86_400_000))
  expect((await post(admin, 'split-rules', { ...of, from: day(-1) })).errors?.[0]?.path).toBe('body.from')
  expect((await post(admin, 'split-rules', { ...of, from: day(0) })).status).toBe(201)
  for (const photographerBp of [4_000, 4_500]) {
    const shares = { photographerBp, platformBp: 8_000 - photographerBp }
    expect((await post(admin, 'split-rules', { ...of, ...shares, from: day(5) })).status).toBe(201)
  }
  const own = (await listed(admin, HOUSE_STUDIO)).rules.filter(rule => rule.event?.id === event.id)
  expect(own.map(rule => [rule.photographerBp, rule.inForce])).toEqual([
    [4_500, false],
    [4_000, false],
    [5_000, true],
  ])
  const [last, first, now] = own.map(rule => Date.parse(rule.startsAt))
  expect([last! - first!, first]).toEqual([1, Date.parse(`${day(5)}T00:00:00+07:00`)])
  expect(now).toBe(t.deps.now().getTime() - 2_000)
})

test('shares that do not total 10,000, a share of the house studio and two scopes are refused, and the field is named', async () => {
  const admin = await t.user('admin')
  const event = await t.event()
  const of = { ...CUSTOM, studioId: HOUSE_STUDIO, eventId: event.id }
  const path = async (change: object) => (await post(admin, 'split-rules', { ...of, ...change })).errors?.[0]?.path
  expect(await path({ platformBp: 2_999 })).toBe('body.platformBp')
  expect(await path({ platformBp: 2_000, studioBp: 1_000 })).toBe('body.studioBp')
  expect(await path({ category: 'run' })).toBe('body.category')
  expect(await path({ studioId: null })).toBe('body.studioId')
})

test('a rate that does not fit beside a rule is refused on save, and so is a rule beside a rate', async () => {
  const admin = await t.user('admin')
  const photographer = await t.user('photographer')
  const of = { studioId: HOUSE_STUDIO, photographerId: photographer.id }
  expect((await post(admin, 'photographer-rates', { ...of, rateBp: 8_001 })).code).toBe('rate_does_not_fit')
  expect((await post(admin, 'photographer-rates', { ...of, rateBp: 8_000 })).status).toBe(201)
  const event = await t.event()
  const rule = { ...CUSTOM, studioId: HOUSE_STUDIO, eventId: event.id, platformBp: 2_999, organizerBp: 2_001 }
  expect((await post(admin, 'split-rules', rule)).code).toBe('rate_does_not_fit')
  expect((await post(admin, 'photographer-rates', { ...of, rateBp: null })).status).toBe(201)
  const { rates } = await listed(admin, HOUSE_STUDIO)
  expect(rates.map(rate => [rate.rateBp, rate.inForce])).toEqual([
    [null, true],
    [8_000, false],
  ])
  expect(await t.db.$count(splitRules)).toBeGreaterThan(1)
})
