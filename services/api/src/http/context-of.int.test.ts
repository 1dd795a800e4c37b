import { PassThrough } from 'node:stream'
import { processPhoto } from '@pix/jobs/photos.ts'
import { work } from '@pix/jobs/job.ts'
import { createLog } from '@pix/platform/log.ts'
import { connectRedis } from '@pix/platform/redis.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../testing/images.ts'
import { testApp } from '../testing/test-app.ts'

test('the id of a request is in its answer, on its log lines, and with the job it enqueued', async () => {
  const lines: string[] = []
  const sink = new PassThrough()
  sink.on('data', (line: Buffer) => lines.push(line.toString()))
  await using queues = await testRedis()
  await using t = await testApp({
    log: createLog('api', { level: 'info', pretty: false }, sink),
    redisUrl: queues.url,
  })
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  await t.invite(event.id, photographer.id)
  const data = new FormData()
  data.append('eventId', event.id)
  data.append('photo', new Blob([new Uint8Array(await testJpeg(1))]), 'a.jpg')
  const form = new Request('http://test', { method: 'POST', body: data })

  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/photos/upload',
    payload: Buffer.from(await form.arrayBuffer()),
    headers: { ...photographer.headers, 'content-type': form.headers.get('content-type')! },
  })
  const { photoId } = answer.json()
  const requestId = answer.headers['x-request-id']

  const redis = connectRedis(queues.url, 'worker', () => undefined)
  const jobs: unknown[] = []
  const worker = work(processPhoto, redis, async (...job) => void jobs.push(job), {
    concurrency: 1,
    onError: () => undefined,
  })
  await expect.poll(() => jobs).toEqual([[{ photoId }, { requestId }]])
  await worker.close()
  redis.disconnect()

  const written = () => lines.map(line => JSON.parse(line) as Record<string, unknown>)
  const answered = { requestId, route: '/api/photos/upload', msg: 'answered' }
  await expect.poll(written).toContainEqual(expect.objectContaining(answered))
  expect(written()).toContainEqual(expect.objectContaining({ requestId, photoId, msg: 'a photo was taken in' }))
})
