import type { Output } from '@pix/contracts/client.ts'
import type { eventSplitRule } from '@pix/contracts/split-rules.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { splitRules } from '@pix/db/schema/split-rules.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'

test('an event names the narrowest rule that has begun, as its sales are shared, to those who manage it', async () => {
  await using t = await testApp()
  t.hold()
  const studio = await t.studio()
  const [manager, other] = [await t.member(studio.id, 'manager'), await t.member((await t.studio()).id, 'owner')]
  const organizerId = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizerId, name: 'Park Run' })
  const [event, alone] = [
    await t.event({ studioId: studio.id, category: 'run', organizerId }),
    await t.event({ studioId: studio.id, category: 'run' }),
  ]
  const read = (id: string, who = manager) =>
    t.app.inject({ url: `/api/events/${id}/split-rule`, headers: who.headers })
  const shown = async (id: string) => (await read(id)).json<Output<typeof eventSplitRule>>()
  expect(await shown(event.id)).toMatchObject({
    studioId: studio.id,
    event: { id: event.id, name: { en: event.nameEn } },
    scope: 'platform',
    shares: { platformBp: 3_000, studioBp: 0, photographerBp: 5_000, organizerBp: 2_000 },
  })
  expect((await shown(alone.id)).shares).toMatchObject({ platformBp: 5_000, organizerBp: 0 })
  const rule = { platformBp: 1_000, studioBp: 2_000, photographerBp: 6_000, organizerBp: 1_000 }
  const of = { version: 1, studioId: studio.id, startsAt: t.deps.now() }
  await t.db.insert(splitRules).values({ id: t.deps.newId(), ...rule, ...of })
  await t.db.insert(splitRules).values({ id: t.deps.newId(), ...rule, ...of, eventId: event.id, preset: 'custom' })
  const later = new Date(t.deps.now().getTime() + 1_000)
  await t.db.insert(splitRules).values({ id: t.deps.newId(), ...rule, ...of, startsAt: later, category: 'run' })
  expect(await shown(event.id)).toMatchObject({ scope: 'event', preset: 'custom', shares: rule })
  expect((await shown(alone.id)).scope).toBe('studio')
  t.forward(1_000)
  expect([(await shown(event.id)).scope, (await shown(alone.id)).scope]).toEqual(['event', 'category'])
  expect((await read(event.id, other)).statusCode).toBe(404)
})
