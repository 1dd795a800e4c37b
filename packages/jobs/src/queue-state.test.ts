import { expect, test } from 'vitest'
import { sumMinutes } from './queue-state.ts'

const MINUTE = 60_000
const written = 1_764_150_000_000
const meta = { count: 12, prevTS: written, prevCount: 10 }
const data = Array.from({ length: 60 }, () => 1)

test('the last minutes are added up, with what ended since they were written', () => {
  expect(sumMinutes({ data, meta }, new Date(written))).toEqual({ hour: 62, fiveMinutes: 7 })
})

test('minutes that lie back because no job ended since fall out of the sum', () => {
  expect(sumMinutes({ data, meta }, new Date(written + 30 * MINUTE))).toEqual({ hour: 32, fiveMinutes: 0 })
  expect(sumMinutes({ data, meta }, new Date(written + 90 * MINUTE))).toEqual({ hour: 0, fiveMinutes: 0 })
})

test('a queue whose workers ended no job yet has none', () => {
  const none = { data: [], meta: { count: 0, prevTS: 0, prevCount: 0 } }
  expect(sumMinutes(none, new Date())).toEqual({ hour: 0, fiveMinutes: 0 })
})
