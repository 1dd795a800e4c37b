import { expect, test } from 'vitest'
import { keepRead } from './keep-read.ts'

function counted(answers: (() => Promise<number>)[]) {
  const clock = { ms: 0, reads: 0 }
  const read = keepRead(
    () => new Date(clock.ms),
    () => answers[clock.reads++]!(),
    value => value,
  )
  return Object.assign(clock, { read })
}

test('what was read is kept for its own time, and all who ask meanwhile share one read', async () => {
  const c = counted([async () => 100, async () => 200])
  expect(await Promise.all([c.read(), c.read()])).toEqual([100, 100])
  c.ms = 99
  expect([await c.read(), c.reads]).toEqual([100, 1])
  c.ms = 100
  expect([await c.read(), c.reads]).toEqual([200, 2])
})

test('a read that failed is not kept', async () => {
  const c = counted([() => Promise.reject(new Error('away')), async () => 100])
  await expect(c.read()).rejects.toThrow('away')
  expect(await c.read()).toBe(100)
})
