import { expect, test } from 'vitest'
import { groupByHour } from './group-by-hour.ts'

const time = (clock: string) => Date.parse(`2026-11-20T${clock}:00Z`)

test('every photo is under the hour it was taken in, those without a time last', () => {
  const groups = groupByHour([time('13:01'), time('13:59'), time('14:00'), time('16:30'), null, null])
  expect(groups).toEqual([
    { hour: time('13:00'), start: 0, end: 2 },
    { hour: time('14:00'), start: 2, end: 3 },
    { hour: time('16:00'), start: 3, end: 4 },
    { hour: null, start: 4, end: 6 },
  ])
})

test('the same hour of another day is another heading', () => {
  const [day, nextDay] = [time('13:00'), time('13:00') + 86_400_000]
  expect(groupByHour([day, nextDay])).toHaveLength(2)
})
