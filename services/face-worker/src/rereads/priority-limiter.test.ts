import { expect, test } from 'vitest'
import { createPriorityLimiter } from './priority-limiter.ts'

test('what goes first is begun before all that waits, and never more than so many run at once', async () => {
  const limiter = createPriorityLimiter(1)
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
  const all = ['a', 'b', 'c'].map(name => limiter.second(work(name)))
  all.push(limiter.first(work('photo')))
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'photo'])
  expect(begun).toEqual(['a', 'photo', 'b', 'c'])
})

test('a work that fails makes room for the next', async () => {
  const limiter = createPriorityLimiter(1)
  const failing = limiter.first(() => Promise.reject(new Error('no')))
  const next = limiter.second(async () => 'next')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})
