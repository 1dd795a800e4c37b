import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'

const START = Date.parse('2026-11-14T11:40:00Z')

test('a gallery names its bursts over all of its photos, the sharpest first, also where somebody else took photos between them', async () => {
  await using t = await testApp()
  const [anna, ben] = [await t.user('photographer'), await t.user('photographer')]
  const event = await t.event({ startsAt: new Date(START), endsAt: new Date(START + 3_600_000) })
  const shot = (by: { id: string }, ms: number, sharpness: number, more = {}) =>
    t.photo(event.id, by.id, {
      takenAt: new Date(START + ms),
      camera: 'R6',
      perceptualHash: 'ffff0000ffff0000',
      sharpness,
      ...more,
    })
  const first = await shot(anna, 0, 0.4)
  const between = await shot(ben, 300, 0.9)
  const second = await shot(anna, 600, 0.5)
  const sharpest = await shot(anna, 1_200, 0.8)
  await shot(anna, 900, 0.99, { approval: 'pending' })
  await shot(anna, 9_000, 0.7)

  const { ids, bursts } = (await t.app.inject({ url: `/api/events/${event.id}/photos/layout` })).json()
  expect(ids.slice(0, 4)).toEqual([first.id, between.id, second.id, sharpest.id])
  expect(bursts).toEqual([[3, 0, 2]])
})

test('a clock that is not believed makes no burst', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event({ startsAt: new Date(START), endsAt: new Date(START + 3_600_000) })
  const reset = { takenAt: new Date('2014-12-31T17:00:00Z'), camera: 'R6', perceptualHash: 'ffff0000ffff0000' }
  for (const sharpness of [0.5, 0.6]) await t.photo(event.id, photographer.id, { ...reset, sharpness })
  const { ids, bursts } = (await t.app.inject({ url: `/api/events/${event.id}/photos/layout` })).json()
  expect([ids.length, bursts]).toEqual([2, []])
})
