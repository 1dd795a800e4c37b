import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { photographerRates, splitDeductions, splitRules } from '@pix/db/schema/split-rules.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { eventRuleInForce, sharesInForce } from './freeze-shares.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())

const AT = new Date('2026-06-01')
let versions = 100
const rule = async (of: Partial<typeof splitRules.$inferInsert>) => {
  const id = t.deps.newId()
  const shares = { platformBp: 10_000, photographerBp: 0, organizerBp: 0, startsAt: new Date('2026-01-01') }
  await t.db.insert(splitRules).values({ id, version: (versions += 1), ...shares, ...of })
  return id
}
const refusal = (of: Partial<typeof splitRules.$inferInsert>) =>
  rule(of).then(
    () => null,
    (error: Error) => (error.cause as { constraint?: string }).constraint,
  )

test('the narrowest scope’s rule is frozen: platform, its kind of event, studio, kind, event, photographer', async () => {
  const studio = await t.studio()
  const event = await t.event({ studioId: studio.id, category: 'concert' })
  const photographer = await t.user('photographer')
  const sold = [{ eventId: event.id, photographerId: photographer.id }]
  const frozen = async () => (await sharesInForce(t.db, studio.id, sold, AT))[0]!.splitRuleId
  for (const of of [
    {},
    { category: 'concert' as const },
    { studioId: studio.id },
    { studioId: studio.id, category: 'concert' as const },
    { studioId: studio.id, eventId: event.id },
  ]) {
    const id = await rule(of)
    expect([of, await frozen(), await eventRuleInForce(t.db, event.id, AT)]).toEqual([of, id, id])
  }
  const ofEvent = await frozen()
  const own = await rule({ studioId: studio.id, photographerId: photographer.id })
  expect([await frozen(), await eventRuleInForce(t.db, event.id, AT)]).toEqual([own, ofEvent])
})

test('the database refuses two versions of a scope that begin together, two scopes in one rule, and shares of a house studio', async () => {
  const event = await t.event()
  const scope = { studioId: HOUSE_STUDIO, eventId: event.id }
  const photographerId = (await t.user('photographer')).id
  expect(await refusal(scope)).toBe(null)
  expect(await refusal(scope)).toBe('split_rules_start')
  expect(await refusal({ ...scope, startsAt: AT })).toBe(null)
  expect(await refusal({ studioId: HOUSE_STUDIO, category: 'other' })).toBe(null)
  expect(await refusal({ studioId: HOUSE_STUDIO })).toBe(null)
  expect(await refusal({ ...scope, photographerId, startsAt: new Date() })).toBe('split_rules_scope')
  expect(await refusal({ photographerId })).toBe('split_rules_scope')
  const later = { ...scope, startsAt: new Date('2027-01-01') }
  expect(await refusal({ ...later, platformBp: 9_000, studioBp: 1_000 })).toBe('split_rules_house')
  expect(await refusal({ ...later, platformBp: 9_999 })).toBe('split_rules_total')
  expect(await refusal({ ...later, platformBp: 11_000, photographerBp: -1_000 })).toBe('split_rules_shares')
  expect(await refusal({ ...later, preset: 'standard' })).toBe('split_rules_preset')
})

test('an own rate replaces the share until it ends; VAT, fee and organizer are those of that moment', async () => {
  const organizerId = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizerId, name: 'Run Club' })
  const event = await t.event({ organizerId })
  await rule({
    studioId: HOUSE_STUDIO,
    eventId: event.id,
    platformBp: 3_000,
    photographerBp: 5_000,
    organizerBp: 2_000,
  })
  const photographerId = (await t.user('photographer')).id
  const rate = (startsAt: string, rateBp: number | null) =>
    t.db
      .insert(photographerRates)
      .values({ id: t.deps.newId(), studioId: HOUSE_STUDIO, photographerId, startsAt: new Date(startsAt), rateBp })
  await rate('2026-02-01', 6_500)
  await rate('2026-07-01', null)
  await t.db.insert(splitDeductions).values({ studioId: HOUSE_STUDIO, vatBp: 700, feeBp: 165 })
  const at = async (day: string) => {
    const [one] = await sharesInForce(t.db, HOUSE_STUDIO, [{ eventId: event.id, photographerId }], new Date(day))
    return one!
  }
  expect(await at('2026-01-31')).toMatchObject({ platformBp: 3_000, photographerBp: 5_000, rateId: null })
  const organizer = { organizerBp: 2_000, organizerId }
  expect(await at('2026-02-01')).toMatchObject({ platformBp: 1_500, photographerBp: 6_500, ...organizer })
  expect(await at('2026-07-01')).toMatchObject({ photographerBp: 5_000, rateId: null, vatBp: 700, feeBp: 165 })
})

test('photos that an admin or a manager uploaded pay no photographer, unless they are invited to the event as one', async () => {
  const event = await t.event()
  await rule({ studioId: HOUSE_STUDIO, eventId: event.id, platformBp: 5_000, photographerBp: 5_000 })
  const [admin, invited, manager] = [
    await t.user('admin'),
    await t.user('admin'),
    await t.member(HOUSE_STUDIO, 'manager'),
  ]
  const photographer = await t.user('photographer')
  await t.db.insert(eventPhotographers).values({ eventId: event.id, userId: invited.id })
  const people = [admin, manager, invited, photographer]
  const sold = people.map(({ id }) => ({ eventId: event.id, photographerId: id }))
  const shares = await sharesInForce(t.db, HOUSE_STUDIO, sold, AT)
  expect(shares.map(({ photographerBp }) => photographerBp)).toEqual([0, 0, 5_000, 5_000])
})
