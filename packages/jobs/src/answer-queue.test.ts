import { expect, test } from 'vitest'
import { logged } from './answer-queue.ts'

async function handle({ photoId }: { photoId: string }): Promise<void> {
  if (photoId === 'bad') throw new Error('broken')
}

test('a job that is done is logged with its ids and the request that enqueued it; one that failed is not', async () => {
  const lines: object[] = []
  const job = logged({ info: facts => lines.push(facts) }, 'photos-process', handle)

  await expect(job({ photoId: 'bad' }, {})).rejects.toThrow('broken')
  await job({ photoId: 'p1' }, { requestId: 'r1' })

  expect(lines).toMatchObject([{ queue: 'photos-process', photoId: 'p1', requestId: 'r1', ms: expect.any(Number) }])
})
