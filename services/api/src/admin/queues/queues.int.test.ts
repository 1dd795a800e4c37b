import type { QueueLine, SweepLine } from '@pix/contracts/queues.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { answerQueue } from '@pix/jobs/answer-queue.ts'
import { ALL_JOBS } from '@pix/jobs/all-jobs.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { openFailedJobs } from '@pix/platform/failed-jobs.ts'
import { keepSweepsOn, repeat } from '@pix/platform/repeat.ts'
import { openSweepBoard } from '@pix/platform/sweep-board.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'

let t: TestApp
let admin: Awaited<ReturnType<TestApp['user']>>

beforeAll(async () => {
  t = await testApp()
  admin = await t.user('admin')
})
afterAll(() => t[Symbol.asyncDispose]())

const ask = (method: 'GET' | 'POST', url: string, payload?: object) =>
  t.app.inject({ method, url: `/api/admin${url}`, headers: admin.headers, ...(payload && { payload }) })
const lineOf = async (queue: string) => {
  const { items } = (await ask('GET', '/queues')).json<{ items: QueueLine[] }>()
  return items.find(line => line.queue === queue)!
}
const ignore = () => undefined
const log = { info: ignore, warn: ignore, error: ignore }
const linesOf = async (subject: string) =>
  (await t.db.select().from(auditEvents).where(eq(auditEvents.subject, subject))).map(({ action }) => action)

test('every queue is listed, with what waits in it, until it is emptied', async () => {
  const { items } = (await ask('GET', '/queues')).json<{ items: QueueLine[] }>()
  expect(items.map(({ queue }) => queue)).toEqual(ALL_JOBS.map(({ queue }) => queue))
  for (let n = 0; n < 3; n += 1) await t.deps.enqueue(sendMail, { mailId: t.deps.newId() })
  expect(await lineOf(sendMail.queue)).toMatchObject({ waiting: 3, active: 0, delayed: 0, failed: 0 })
  const drained = await ask('POST', `/queues/${sendMail.queue}/drain`, { seen: 3 })
  expect(drained.json()).toEqual({ removed: 3 })
  expect(await lineOf(sendMail.queue)).toMatchObject({ waiting: 0 })
  expect(await linesOf(`queue:${sendMail.queue}`)).toEqual(['queue.drain'])
  expect((await ask('POST', '/queues/no-queue/drain', { seen: 1 })).statusCode).toBe(404)
})

test('a job that threw is shown without personal data, is tried again, and is gone once it succeeded', async () => {
  const mailId = t.deps.newId()
  let isBroken = true
  const connection = t.deps.redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null })
  const failures = openFailedJobs(t.deps.redis, ignore)
  const worker = answerQueue(sendMail, { connection, log, concurrency: 1, failures }, async () => {
    if (isBroken) throw new Error('550 no such user somchai@example.com')
  })
  try {
    await t.deps.enqueue(sendMail, { mailId })
    await expect.poll(async () => (await lineOf(sendMail.queue)).failed).toBe(1)
    const { items } = (await ask('GET', `/queues/${sendMail.queue}/failed`)).json()
    expect(items).toMatchObject([{ id: mailId, reason: 'Error: 550 no such user …@…', times: 1 }])

    isBroken = false
    await expect.poll(async () => (await lineOf(sendMail.queue)).active).toBe(0)
    const retried = await ask('POST', `/queues/${sendMail.queue}/retry`, { id: mailId })
    expect(retried.json()).toEqual({ enqueued: 1 })
    await expect.poll(async () => (await lineOf(sendMail.queue)).failed).toBe(0)
    expect(await lineOf(sendMail.queue)).toMatchObject({ done: { hour: 1 }, threw: { hour: 1 } })
    const gone = await ask('POST', `/queues/${sendMail.queue}/retry`, { id: mailId })
    expect(gone.statusCode).toBe(404)
  } finally {
    await worker.close()
    connection.disconnect()
  }
})

test('failed jobs come page by page, the newest first, each once, also those that failed at one instant', async () => {
  const queue = 'mail-send'
  const book = openFailedJobs(t.deps.redis, error => expect.fail(String(error)))
  const ids = Array.from({ length: 7 }, () => t.deps.newId())
  await Promise.all(ids.map(id => book.note(queue, { id, data: { mailId: id } }, new Error('550'))))
  const shown: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer = await ask('GET', `/queues/${queue}/failed?limit=3${cursor && `&cursor=${cursor}`}`)
    const { items, nextCursor } = answer.json<{ items: { id: string; at: string }[]; nextCursor: string | null }>()
    expect(items.length).toBeLessThanOrEqual(3)
    expect(items.map(({ at }) => at)).toEqual(
      items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    shown.push(...items.map(({ id }) => id))
    cursor = nextCursor
  }
  expect(shown.toSorted()).toEqual(ids.toSorted())
  expect((await ask('GET', `/queues/${queue}/failed?cursor=none`)).statusCode).toBe(422)
})

const ago = (ms: number) => ({ startedAt: Date.now() - ms, endedAt: Date.now() - ms, pauseMs: 1_000, failure: null })

test('a task whose next run is long due is late, and one that nobody ran for weeks is gone', async () => {
  const clerk = openSweepBoard(t.deps, 'clerk', ignore)
  await clerk.keep('late_task', ago(600_000))
  await clerk.keep('old_task', ago(30 * 86_400_000))
  const { items } = (await ask('GET', '/sweeps')).json<{ items: SweepLine[] }>()
  expect(items.filter(({ program }) => program === 'clerk')).toMatchObject([{ sweep: 'late_task', isLate: true }])
  expect(await t.deps.redis.hexists('sweeps:clerk', 'old_task')).toBe(0)
})

test('a scheduled task is listed as it ran last, also after its program ended, and runs when it is asked for', async () => {
  const DAY_MS = 86_400_000
  keepSweepsOn(openSweepBoard(t.deps, 'api', ignore))
  let runs = 0
  const sweep = repeat({ error: ignore }, 'a_test_task', DAY_MS, async () => {
    runs += 1
    if (runs > 1) throw new Error('the bank is away')
  })
  const line = async () => {
    const { items } = (await ask('GET', '/sweeps')).json<{ items: SweepLine[] }>()
    return items.find(one => one.sweep === 'a_test_task')
  }
  await expect.poll(line).toMatchObject({ program: 'api', failure: null, isLate: false, pauseSeconds: 86_400 })
  await expect.poll(async () => (await t.deps.redis.pubsub('NUMSUB', 'live:sweep:api/a_test_task'))[1]).toBe(1)
  expect((await ask('POST', '/sweeps/api/a_test_task/run')).statusCode).toBe(202)
  await expect.poll(line).toMatchObject({ failure: 'Error: the bank is away' })
  expect(runs).toBe(2)
  await sweep.stop()
  expect(await line()).toMatchObject({ failure: 'Error: the bank is away' })
  expect((await ask('POST', '/sweeps/api/no_task/run')).statusCode).toBe(404)
  expect(await linesOf('sweep:api/a_test_task')).toEqual(['sweep.run'])
})
