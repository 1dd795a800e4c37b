import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { silentLog } from '../testing.ts'
import {
  ChildDied,
  type ChildPool,
  type ChildPoolOptions,
  createChildPool,
  EndedForAnother,
  TimedOut,
} from './child-pool.ts'

type Order = {
  what: 'echo' | 'pid' | 'exit' | 'throw' | 'wait until asked' | 'wait' | 'spin' | 'lower' | 'fill'
  value?: string
}

let pool: ChildPool<Order, string, { pid: number }>
afterEach(() => pool.stop())

function open(size: number, limits: Partial<Omit<ChildPoolOptions, 'size'>> = {}) {
  const script = new URL('testing-child.ts', import.meta.url)
  const [softMs, hardMs] = [60_000, 60_000]
  pool = createChildPool({ script, settings: { greeting: 'hello' }, size, softMs, hardMs, log: silentLog, ...limits })
}

test('children get their settings, describe themselves and answer', async () => {
  open(2)
  expect((await pool.about()).pid).not.toBe(process.pid)
  expect(await Promise.all(['a', 'b'].map(value => pool.run({ what: 'echo', value })))).toEqual(['hello a', 'hello b'])
})

test('works that come at once are spread over the children', async () => {
  open(2)
  const pids = await Promise.all(['a', 'b'].map(() => pool.run({ what: 'pid' })))
  expect(new Set(pids)).toEqual(new Set(pool.pids().map(String)))
})

test('works of one key go to one child, and keys to different ones', async () => {
  open(3)
  await allUp(3)
  const keys = Array.from({ length: 12 }, (_, n) => `event-${n}`)
  const first = await runAll(keys)
  expect(await runAll(keys)).toEqual(first)
  expect(new Set(first).size).toBe(3)
})

test('while the child of a key is busy or gone, another does its work, and afterwards it again', async () => {
  open(2)
  await allUp(2)
  const [own] = await runAll(['event-1'])
  const busy = [1, 2].map(() => pool.run({ what: 'wait' }, 'event-1'))
  const [other] = await runAll(['event-1'])
  expect(other).not.toBe(own)
  await Promise.all(busy)
  expect(await runAll(['event-1'])).toEqual([own])

  await expect(pool.run({ what: 'exit' }, 'event-1')).rejects.toThrow(ChildDied)
  expect(await runAll(['event-1'])).toEqual([other])
  await expect.poll(async () => (await runAll(['event-1']))[0]).not.toBe(other)
})

/** As many works at once as there are children: each waits for another one. */
const allUp = (size: number) => Promise.all(Array.from({ length: size }, () => pool.run({ what: 'pid' })))

/** Which process does a work of each key, one after the other. */
async function runAll(keys: string[]): Promise<string[]> {
  const pids = []
  for (const key of keys) pids.push(await pool.run({ what: 'pid' }, key))
  return pids
}

test('a fault is returned, and the child goes on', async () => {
  open(1)
  const { pid } = await pool.about()
  await expect(pool.run({ what: 'throw' })).rejects.toThrow('it went wrong')
  expect(await pool.run({ what: 'echo' })).toContain('hello')
  expect((await pool.about()).pid).toBe(pid)
})

test('a child that dies takes its own work with it and is replaced', async () => {
  open(1)
  const { pid } = await pool.about()
  await expect(pool.run({ what: 'exit' })).rejects.toThrow(ChildDied)
  expect(await pool.run({ what: 'echo', value: 'again' })).toBe('hello again')
  expect((await pool.about()).pid).not.toBe(pid)
})

test('work over the soft limit is asked to stop, and its child lives', async () => {
  open(1, { softMs: 200 })
  const { pid } = await pool.about()
  await expect(pool.run({ what: 'wait until asked' })).rejects.toThrow(TimedOut)
  expect((await pool.about()).pid).toBe(pid)
})

test('a child that does not listen is killed at the hard limit', async () => {
  open(1, { softMs: 200, hardMs: 500 })
  const { pid } = await pool.about()
  await expect(pool.run({ what: 'spin' })).rejects.toThrow(TimedOut)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect((await pool.about()).pid).not.toBe(pid)
})

test('a child killed for one piece of work says of the others that it was not their fault', async () => {
  open(1, { softMs: 400, hardMs: 1_200 })
  await pool.about()
  const works = (['spin', 'echo', 'echo'] as const).map(what => pool.run({ what }).catch((error: unknown) => error))
  const [slow, ...others] = await Promise.all(works)
  expect(slow).toBeInstanceOf(TimedOut)
  for (const other of others) expect(other).toBeInstanceOf(EndedForAnother)
})

test('a child that lowers itself does so with every thread', async () => {
  open(1)
  const priorities = new Set<number>(JSON.parse(await pool.run({ what: 'lower' })))
  expect(priorities).toEqual(new Set([10]))
})

test('a child that cannot start fails the callers that wait for the first one', async () => {
  const script = new URL('no-such-file.ts', import.meta.url)
  pool = createChildPool({ script, settings: {}, size: 1, softMs: 1_000, hardMs: 1_000, log: silentLog })
  await expect(pool.about()).rejects.toThrow(ChildDied)
})

/** By an event, and thrown, as Node does where there is no memory. */
const UNFORKABLE = ['/no/such/program', 'no\0program']

/** Nothing can be forked meanwhile. */
async function withProgram(name: string, work: () => Promise<void>): Promise<void> {
  const { execPath } = process
  process.execPath = name
  try {
    await work()
  } finally {
    process.execPath = execPath
  }
}

test.each(UNFORKABLE)(
  'while a child cannot be forked again (%j) the program goes on, and its work is done once it can',
  async name => {
    open(1)
    const { pid } = await pool.about()
    let waiting: Promise<string> | undefined
    await withProgram(name, async () => {
      await expect(pool.run({ what: 'exit' })).rejects.toThrow(ChildDied)
      waiting = pool.run({ what: 'echo', value: 'again' })
      await delay(1_500) // past the first attempt; this resolves only while the event loop turns
    })
    expect(await waiting).toBe('hello again')
    expect((await pool.about()).pid).not.toBe(pid)
  },
)

test.each(UNFORKABLE)(
  'a pool whose child cannot be forked again (%j) can be stopped, and fails the callers that wait',
  async name => {
    open(1)
    await pool.about()
    await withProgram(name, async () => {
      await expect(pool.run({ what: 'exit' })).rejects.toThrow(ChildDied)
      const refused = pool.run({ what: 'echo' }).catch((error: unknown) => error)
      await delay(1_500)
      await pool.stop()
      expect(await refused).toBeInstanceOf(ChildDied)
    })
  },
)

test('a work that takes more processor time than it may is stopped with its child', async () => {
  open(1, { cpuMs: 300 })
  const { pid } = await pool.about()
  await expect(pool.run({ what: 'spin' })).rejects.toThrow(TimedOut)
  expect((await pool.about()).pid).not.toBe(pid)
})

test.skipIf(process.platform !== 'linux')('a child gets no more memory than it may have', async () => {
  open(1, { memoryMegabytes: 500 })
  const got = await pool.run({ what: 'fill', value: '600' }).then(Number, () => 0)
  expect(got).toBeLessThan(500)
  expect(await pool.run({ what: 'echo' })).toContain('hello')
})
