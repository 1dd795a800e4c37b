import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { countFailedJobs, MOST_FAILED_JOBS, openFailedJobs, readFailedJob, readFailedJobs } from './failed-jobs.ts'
import { testRedis } from './redis-testing.ts'

const rethrow = (error: unknown) => {
  throw error
}

test('of a queue the newest failed jobs are kept, and one that succeeds is forgotten', async () => {
  await using server = await testRedis()
  const redis = new Redis(server.url)
  const book = openFailedJobs(redis, rethrow)
  for (let i = 0; i < MOST_FAILED_JOBS + 5; i++)
    await book.note('letters', { id: `job-${i}`, data: { i } }, new Error('no'))

  expect(await countFailedJobs(redis, 'letters')).toBe(MOST_FAILED_JOBS)
  const last = `job-${MOST_FAILED_JOBS + 4}`
  expect((await readFailedJobs(redis, 'letters')).map(({ id }) => id)).toContain(last)
  expect(await readFailedJob(redis, 'letters', 'job-0')).toBeNull()

  await book.clear('letters', last)
  expect(await readFailedJob(redis, 'letters', last)).toBeNull()
  expect(await countFailedJobs(redis, 'letters')).toBe(MOST_FAILED_JOBS - 1)
  await redis.quit()
})

test('a job that throws again counts its runs in a row', async () => {
  await using server = await testRedis()
  const redis = new Redis(server.url)
  const book = openFailedJobs(redis, rethrow)
  for (const reason of ['first', 'second']) await book.note('letters', { id: 'one', data: {} }, new Error(reason))
  expect(await readFailedJob(redis, 'letters', 'one')).toMatchObject({
    times: 2,
    reason: expect.stringContaining('second'),
  })
  await redis.quit()
})
