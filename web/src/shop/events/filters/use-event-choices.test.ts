import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import { apiByHand, type Asked, browserEvents, mount, refusal } from '../../../base/browser-testing.ts'
import type { Narrowed } from './use-event-choices.ts'

await import('../../../shell/words-testing.ts')
const { useEventChoices } = await import('./use-event-choices.ts')

let asked: Asked[]
beforeEach(() => {
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const nothing: Narrowed = { text: '', category: undefined, month: undefined, province: undefined }
const found = {
  months: [
    { month: '2026-06', count: 2 },
    { month: '2026-05', count: 1 },
  ],
  provinces: [
    { province: 'ตาก', count: 2 },
    { province: 'Atlantis', count: 1 },
  ],
}

test('months and provinces that have events are offered, and no place that the address cannot name', async () => {
  using choices = mount(() => useEventChoices(() => nothing))
  expect([asked[0]!.query, choices.months.value, choices.provinces.value]).toEqual([{}, [], []])
  await asked[0]!.answer(found)
  expect(choices.months.value).toEqual([
    { value: '2026-06', count: 2 },
    { value: '2026-05', count: 1 },
  ])
  expect(choices.provinces.value).toEqual([{ value: 'ตาก', count: 2 }])
})

test('what is chosen is offered in its place, also before the answer and without events', async () => {
  const narrowed = { ...nothing, month: '2026-07', province: 'น่าน' }
  using choices = mount(() => useEventChoices(() => narrowed))
  expect(asked[0]!.query).toEqual({ from: '2026-07-01', to: '2026-07-31', province: 'น่าน' })
  expect(choices.months.value).toEqual([{ value: '2026-07', count: 0 }])
  await asked[0]!.answer(found)
  expect(choices.months.value.map(({ value, count }) => [value, count])).toEqual([
    ['2026-07', 0],
    ['2026-06', 2],
    ['2026-05', 1],
  ])
  expect(choices.provinces.value.at(-1)).toEqual({ value: 'น่าน', count: 0 })
})

test('another search is counted again, and until then what was offered stays', async () => {
  const narrowed = reactive({ ...nothing })
  using choices = mount(() => useEventChoices(() => ({ ...narrowed })))
  await asked[0]!.answer(found)
  Object.assign(narrowed, { text: 'fair', category: 'run' })
  await nextTick()
  expect([asked.length, asked[1]!.query]).toEqual([2, { text: 'fair', category: 'run' }])
  expect(choices.months.value).toHaveLength(2)
  await asked[1]!.answer({ months: [], provinces: [] })
  expect([choices.months.value, choices.provinces.value]).toEqual([[], []])
})

test('what failed can be asked for again', async () => {
  using choices = mount(() => useEventChoices(() => nothing))
  await asked[0]!.answer(refusal(503, 'unavailable'))
  expect(choices.state.value.status).toBe('failed')
  void choices.load()
  await asked[1]!.answer(found)
  expect(choices.months.value).toHaveLength(2)
})
