import type { EventChoices } from '@pix/contracts/event-choices.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const begins = (time: string, province: string) => {
  const at = new Date(`${time}+07:00`)
  return { startsAt: at, endsAt: at, province }
}

async function choices(t: TestApp, query: Record<string, string> = {}, host?: string) {
  const headers = host === undefined ? {} : { host }
  const answer = await t.app.inject({ url: '/api/event-choices', query, headers })
  expect(answer.statusCode).toBe(200)
  const { months, provinces } = answer.json<EventChoices>()
  return {
    months: months.map(({ month, count }) => `${month} ${count}`),
    provinces: provinces.map(({ province, count }) => `${province} ${count}`),
  }
}

test('only months and provinces that have events in the public list are offered, with how many', async () => {
  await using t = await testApp()
  expect(await choices(t)).toEqual({ months: [], provinces: [] })

  await t.event(begins('2026-05-31T23:59:59', 'ชลบุรี'))
  await t.event(begins('2026-06-01T00:00:00', 'ตาก'))
  await t.event({ ...begins('2026-06-30T08:00:00', 'ตาก'), status: 'closed' })
  for (const status of ['planning', 'open', 'archived'] as const)
    await t.event({ ...begins('2026-07-01T08:00:00', 'ระยอง'), status })
  for (const visibility of ['link', 'code'] as const)
    await t.event({ ...begins('2026-08-01T08:00:00', 'เลย'), visibility })
  const { id: studioId } = await t.studio()
  await t.event({ ...begins('2026-09-01T08:00:00', 'น่าน'), studioId })
  await t.db.update(studios).set({ status: 'suspended' }).where(eq(studios.id, studioId))

  expect(await choices(t)).toEqual({ months: ['2026-06 2', '2026-05 1'], provinces: ['ตาก 2', 'ชลบุรี 1'] })
})

test('at the storefront of a studio its own events alone are counted', async () => {
  await using t = await testApp()
  const { id: studioId } = await t.studio({ slug: 'moon' })
  await t.event({ ...begins('2026-05-01T08:00:00', 'ตาก'), studioId })
  await t.event(begins('2026-06-01T08:00:00', 'ตาก'))

  expect(await choices(t, {}, 'moon.shop.test')).toEqual({ months: ['2026-05 1'], provinces: ['ตาก 1'] })
  expect(await choices(t)).toEqual({ months: ['2026-06 1', '2026-05 1'], provinces: ['ตาก 2'] })
})

test('each is counted as the other filters leave it, and not by its own', async () => {
  await using t = await testApp()
  await t.event({ ...begins('2026-05-01T08:00:00', 'ตาก'), category: 'run' })
  await t.event({ ...begins('2026-06-01T08:00:00', 'ตาก'), category: 'concert' })
  await t.event({ ...begins('2026-06-02T08:00:00', 'น่าน'), category: 'run', nameEn: 'Fair in the hills' })

  const june = { from: '2026-06-01', to: '2026-06-30' }
  expect(await choices(t, june)).toEqual({ months: ['2026-06 2', '2026-05 1'], provinces: ['ตาก 1', 'น่าน 1'] })
  expect(await choices(t, { province: 'น่าน'.normalize('NFD') })).toEqual({
    months: ['2026-06 1'],
    provinces: ['ตาก 2', 'น่าน 1'],
  })
  expect(await choices(t, { ...june, province: 'ตาก', category: 'run' })).toEqual({
    months: ['2026-05 1'],
    provinces: ['น่าน 1'],
  })
  const hills = { months: ['2026-06 1'], provinces: ['น่าน 1'] }
  expect(await choices(t, { text: 'fair hills' })).toEqual(hills)
  expect(await choices(t, { text: 'none' })).toEqual({ months: [], provinces: [] })
})

test('days and categories that there are not are refused', async () => {
  await using t = await testApp()
  for (const query of ['from=2026-02-30', 'to=June', 'category=none', 'limit=1'])
    expect([query, (await t.app.inject({ url: `/api/event-choices?${query}` })).statusCode]).toEqual([query, 422])
})
