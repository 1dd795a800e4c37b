import { PassThrough } from 'node:stream'
import { createLog } from '@pix/platform/log.ts'
import { expect, test } from 'vitest'
import { tellJob } from './tell-job.ts'

async function handle({ photoId }: { photoId: string }): Promise<void> {
  if (photoId === 'bad') throw new Error('broken')
}

test('a job that is done is told of with its ids and the request that rang; one that failed is not', async () => {
  const sink = new PassThrough()
  const log = createLog('face-worker', { level: 'info', pretty: false }, sink)
  const job = tellJob(log, 'photos-process', handle)

  await expect(job({ photoId: 'bad' }, {})).rejects.toThrow('broken')
  await job({ photoId: 'p1' }, { requestId: 'r1' })

  const told = String(sink.read()).trim().split('\n')
  expect(told.map(line => JSON.parse(line) as unknown)).toMatchObject([
    { queue: 'photos-process', photoId: 'p1', requestId: 'r1', ms: expect.any(Number) },
  ])
})
