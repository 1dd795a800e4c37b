import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

test('what goes first is begun before all that waits, and never more than so many run at once', async () => {
  const lanes = createLanes(1)
  const begun: string[] = []
  let running = 0
  const work = (name: string) => async () => {
    begun.push(name)
    running += 1
    expect(running).toBe(1)
    await Promise.resolve()
    running -= 1
    return name
  }
  const all = ['a', 'b', 'c'].map(name => lanes.second(work(name)))
  all.push(lanes.first(work('photo')))
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'photo'])
  expect(begun).toEqual(['a', 'photo', 'b', 'c'])
})

test('a work that fails makes room for the next', async () => {
  const lanes = createLanes(1)
  const failing = lanes.first(() => Promise.reject(new Error('no')))
  const next = lanes.second(async () => 'next')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})
