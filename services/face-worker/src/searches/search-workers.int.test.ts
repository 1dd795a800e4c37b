import { newId } from '@pix/db/ids.ts'
import { searchFaces, type SearchJob } from '@pix/jobs/faces.ts'
import { createEnqueue, type Enqueue, work } from '@pix/jobs/job.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../testing.ts'
import { type SearchWorkers, joinSearchWorkers } from './search-workers.ts'

const FULL = 2
const ignore = () => undefined
let server: Awaited<ReturnType<typeof testRedis>>
let redis: ReturnType<typeof connectRedis>
let enqueue: Enqueue
let workers: SearchWorkers[]
const ends: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await testRedis()
  redis = connectRedis(server.url, 'producer', ignore)
  await redisReady(redis)
  enqueue = createEnqueue(redis, ignore)
  workers = []
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  for (const worker of workers) await worker.leave()
  await enqueue.close()
  redis.disconnect()
  await server[Symbol.asyncDispose]()
})

/** Workers that are registered. */
async function sitDown(count: number): Promise<void> {
  const before = await redis.zcard('search:seats')
  for (let i = 0; i < count; i++) workers.push(joinSearchWorkers({ redis, enqueue, log: silentLog }, FULL))
  await expect.poll(() => redis.zcard('search:seats')).toBe(before + count)
}

const newSearch = (eventId = newId()): SearchJob => ({ searchId: newId(), eventId })

/** Whose queue a search waits in. */
async function workerOf({ searchId }: SearchJob): Promise<SearchWorkers | undefined> {
  for (const worker of workers) if ((await enqueue.keys(worker.own)).includes(searchId)) return worker
  return undefined
}

/** A worker that was killed: nobody renews its lease or empties its queue, until the lease has run out. */
async function killed() {
  const name = randomUUID()
  const [now] = await redis.time()
  await redis.zadd('search:seats', Number(now) + 3_600, name)
  const queue: typeof searchFaces = { ...searchFaces, queue: `${searchFaces.queue}-${name}` }
  return { queue, runOut: () => redis.zadd('search:seats', 'XX', Number(now) - 1, name) }
}

/** No search waits or runs: a worker is free only once its last job is gone, which is after the answer. */
const allIdle = async () => {
  const depths = await Promise.all(
    [searchFaces, ...workers.map(worker => worker.own)].map(queue => enqueue.depth(queue)),
  )
  return depths.every(depth => depth === 0)
}

test('a worker alone answers everything itself', async () => {
  await sitDown(1)
  expect(await workers[0]!.handOn(newSearch())).toBe(false)
})

test('the worker that takes a search hands it to the one of its event, and every search is answered once', async () => {
  await sitDown(3)
  const connection = connectRedis(server.url, 'worker', ignore)
  const answered: (SearchJob & { worker: number })[] = []
  const enqueued: string[] = []
  for (const [n, worker] of workers.entries()) {
    const options = { concurrency: 8, onError: ignore }
    const answer = async (job: SearchJob) => void answered.push({ ...job, worker: n })
    const workers = [
      work(
        searchFaces,
        connection,
        async job => {
          if (!(await worker.handOn(job))) await answer(job)
        },
        options,
      ),
      work(worker.own, connection, answer, options),
    ]
    ends.push(() => Promise.all(workers.map(worker => worker.close())))
  }
  ends.push(async () => connection.disconnect())
  const eventIds = Array.from({ length: 12 }, newId)
  for (let round = 0; round < 3; round++) {
    for (const eventId of eventIds) {
      const job = newSearch(eventId)
      enqueued.push(job.searchId)
      await enqueue(searchFaces, job)
      await expect.poll(() => answered.some(({ searchId }) => searchId === job.searchId), { interval: 5 }).toBe(true)
      await expect.poll(allIdle, { interval: 5 }).toBe(true)
    }
  }
  expect(answered.map(({ searchId }) => searchId).sort()).toEqual(enqueued.sort())
  for (const eventId of eventIds) {
    expect(new Set(answered.filter(one => one.eventId === eventId).map(({ worker }) => worker)).size).toBe(1)
  }
  expect(new Set(answered.map(({ worker }) => worker)).size).toBeGreaterThan(1)
})

test('a busy worker is passed over, and when all are busy the least loaded takes it', async () => {
  await sitDown(2)
  const eventId = newId()
  const jobs = Array.from({ length: 2 * FULL + 1 }, () => newSearch(eventId))
  for (const job of jobs) expect(await workers[0]!.handOn(job)).toBe(true)
  const depths = await Promise.all(workers.map(worker => enqueue.depth(worker.own)))
  expect(depths.sort()).toEqual([FULL, FULL + 1])
  const [first, second] = [await workerOf(jobs[0]!), await workerOf(jobs[1]!)]
  expect(second).toBe(first)
  expect(await workerOf(jobs[FULL]!)).not.toBe(first)
})

test('what was handed to a worker that was killed goes to another once its lease has run out', async () => {
  await sitDown(2)
  const [worker] = workers
  const dead = await killed()
  let stuck = newSearch()
  while (!(await enqueue.keys(dead.queue)).includes(stuck.searchId)) {
    stuck = newSearch()
    await worker!.handOn(stuck)
  }
  expect(await workerOf(stuck)).toBeUndefined()
  await dead.runOut()
  // The sweep enqueues again what nobody answered.
  await expect.poll(async () => (await worker!.handOn(stuck)) && (await workerOf(stuck))).toBeTruthy()
  await expect.poll(() => redis.keys(`bull:${dead.queue.queue}:*`)).toEqual([])
})

test("all selfies of a visitor go to one worker, and different visitors' to different ones", async () => {
  await sitDown(3)
  const visitors = Array.from({ length: 12 }, newId)
  for (let n = 0; n < 2 * FULL + 1; n++)
    for (const visitor of visitors) expect(await workers[n % 3]!.handSelfieOn({ ...newSearch(), visitor })).toBe(true)
  const byWorker = await Promise.all(workers.map(worker => visitorsIn(worker.ownSelfies.queue)))
  for (const visitor of visitors) expect(byWorker.filter(worker => worker.has(visitor))).toHaveLength(1)
  expect(byWorker.filter(worker => worker.size > 0).length).toBeGreaterThan(1)
})

/** Whose selfies wait in a queue. */
async function visitorsIn(queue: string): Promise<Set<string>> {
  const keys = await redis.keys(`bull:${queue}:*-*-*`)
  const jobs = await Promise.all(keys.map(key => redis.hget(key, 'data')))
  return new Set(jobs.flatMap(data => (data ? [(JSON.parse(data) as { visitor: string }).visitor] : [])))
}

test('a worker that has left gets nothing more, and its queue leaves nothing behind', async () => {
  await sitDown(3)
  const [leaving, ...staying] = workers
  await leaving!.handOn(newSearch())
  await leaving!.leave()
  const before = await enqueue.depth(leaving!.own)
  for (let n = 0; n < 20; n++) expect(await staying[0]!.handOn(newSearch())).toBe(true)
  expect(await enqueue.depth(leaving!.own)).toBe(before)
  await leaving!.forget()
  expect(await redis.keys(`bull:${leaving!.own.queue}:*`)).toEqual([])
})

test('without Redis a worker answers by itself', async () => {
  await sitDown(2)
  redis.disconnect()
  expect(await workers[0]!.handOn(newSearch())).toBe(false)
  for (const worker of workers.splice(0)) await worker.leave().catch(ignore)
  redis = connectRedis(server.url, 'producer', ignore)
  await redisReady(redis)
})
