import { newId } from '@pix/db/ids.ts'
import { searchFaces, type SearchJob } from '@pix/jobs/faces.ts'
import { createEnqueue, type Enqueue, work } from '@pix/jobs/job.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../testing.ts'
import { type Seats, takeSeat } from './seats.ts'

const FULL = 2
const ignore = () => undefined
let server: Awaited<ReturnType<typeof testRedis>>
let redis: ReturnType<typeof connectRedis>
let enqueue: Enqueue
let seats: Seats[]
const ends: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  server = await testRedis()
  redis = connectRedis(server.url, 'producer', ignore)
  await redisReady(redis)
  enqueue = createEnqueue(redis, ignore)
  seats = []
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  for (const seat of seats) await seat.leave()
  await enqueue.close()
  redis.disconnect()
  await server[Symbol.asyncDispose]()
})

/** Workers that have taken their seats. */
async function sitDown(count: number): Promise<void> {
  const before = await redis.zcard('search:seats')
  for (let i = 0; i < count; i++) seats.push(takeSeat({ redis, enqueue, log: silentLog }, FULL))
  await expect.poll(() => redis.zcard('search:seats')).toBe(before + count)
}

const newSearch = (eventId = newId()): SearchJob => ({ searchId: newId(), eventId })

/** Whose queue a search waits in. */
async function seatOf({ searchId }: SearchJob): Promise<Seats | undefined> {
  for (const seat of seats) if ((await enqueue.keys(seat.own)).includes(searchId)) return seat
  return undefined
}

/** A seat whose worker was killed: nobody renews it or empties its queue, until it has run out. */
async function killed() {
  const name = randomUUID()
  const [now] = await redis.time()
  await redis.zadd('search:seats', Number(now) + 3_600, name)
  const queue: typeof searchFaces = { ...searchFaces, queue: `${searchFaces.queue}-${name}` }
  return { queue, runOut: () => redis.zadd('search:seats', 'XX', Number(now) - 1, name) }
}

/** No search waits or runs: a seat has its hands free only once its last job is gone, which is after the answer. */
const allIdle = async () => {
  const depths = await Promise.all([searchFaces, ...seats.map(seat => seat.own)].map(queue => enqueue.depth(queue)))
  return depths.every(depth => depth === 0)
}

test('a worker alone answers everything itself', async () => {
  await sitDown(1)
  expect(await seats[0]!.handOn(newSearch())).toBe(false)
})

test('whoever takes a search hands it to the one seat of its event, and every search is answered once', async () => {
  await sitDown(3)
  const connection = connectRedis(server.url, 'worker', ignore)
  const answered: (SearchJob & { seat: number })[] = []
  const enqueued: string[] = []
  for (const [n, seat] of seats.entries()) {
    const options = { concurrency: 8, onError: ignore }
    const answer = async (job: SearchJob) => void answered.push({ ...job, seat: n })
    const workers = [
      work(
        searchFaces,
        connection,
        async job => {
          if (!(await seat.handOn(job))) await answer(job)
        },
        options,
      ),
      work(seat.own, connection, answer, options),
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
    expect(new Set(answered.filter(one => one.eventId === eventId).map(({ seat }) => seat)).size).toBe(1)
  }
  expect(new Set(answered.map(({ seat }) => seat)).size).toBeGreaterThan(1)
})

test('a seat with its hands full is passed over, and when all are full the least loaded takes it', async () => {
  await sitDown(2)
  const eventId = newId()
  const jobs = Array.from({ length: 2 * FULL + 1 }, () => newSearch(eventId))
  for (const job of jobs) expect(await seats[0]!.handOn(job)).toBe(true)
  const depths = await Promise.all(seats.map(seat => enqueue.depth(seat.own)))
  expect(depths.sort()).toEqual([FULL, FULL + 1])
  const [first, second] = [await seatOf(jobs[0]!), await seatOf(jobs[1]!)]
  expect(second).toBe(first)
  expect(await seatOf(jobs[FULL]!)).not.toBe(first)
})

test('what was handed to a worker that was killed goes to another once its seat has run out', async () => {
  await sitDown(2)
  const [seat] = seats
  const dead = await killed()
  let stuck = newSearch()
  while (!(await enqueue.keys(dead.queue)).includes(stuck.searchId)) {
    stuck = newSearch()
    await seat!.handOn(stuck)
  }
  expect(await seatOf(stuck)).toBeUndefined()
  await dead.runOut()
  // The sweep enqueues again what nobody answered.
  await expect.poll(async () => (await seat!.handOn(stuck)) && (await seatOf(stuck))).toBeTruthy()
  await expect.poll(() => redis.keys(`bull:${dead.queue.queue}:*`)).toEqual([])
})

test("all selfies of a visitor go to one seat, and different visitors' to different ones", async () => {
  await sitDown(3)
  const visitors = Array.from({ length: 12 }, newId)
  for (let n = 0; n < 2 * FULL + 1; n++)
    for (const visitor of visitors) expect(await seats[n % 3]!.handSelfieOn({ ...newSearch(), visitor })).toBe(true)
  const bySeat = await Promise.all(seats.map(seat => visitorsIn(seat.ownSelfies.queue)))
  for (const visitor of visitors) expect(bySeat.filter(seat => seat.has(visitor))).toHaveLength(1)
  expect(bySeat.filter(seat => seat.size > 0).length).toBeGreaterThan(1)
})

/** Whose selfies wait in a queue. */
async function visitorsIn(queue: string): Promise<Set<string>> {
  const keys = await redis.keys(`bull:${queue}:*-*-*`)
  const jobs = await Promise.all(keys.map(key => redis.hget(key, 'data')))
  return new Set(jobs.flatMap(data => (data ? [(JSON.parse(data) as { visitor: string }).visitor] : [])))
}

test('a seat that was given up gets nothing more, and its queue leaves nothing behind', async () => {
  await sitDown(3)
  const [leaving, ...staying] = seats
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
  expect(await seats[0]!.handOn(newSearch())).toBe(false)
  for (const seat of seats.splice(0)) await seat.leave().catch(ignore)
  redis = connectRedis(server.url, 'producer', ignore)
  await redisReady(redis)
})
