import { entitlements } from '@pix/db/schema/entitlements.ts'
import type { Enqueue } from '@pix/jobs/job.ts'
import { inArray } from 'drizzle-orm'
import { register } from 'prom-client'
import { expect, test } from 'vitest'
import { enqueueArchives } from './archives/sweep-archives.ts'
import { testPlace } from './testing.ts'
import { watchQueues } from './watch-queues.ts'

const now = () => new Date('2026-11-20T08:00:00Z')

test('a queued ZIP of which nothing may be downloaded any more is no backlog: no sweep will build it', async () => {
  await using place = await testPlace()
  const { db } = place
  const enqueued: unknown[] = []
  const enqueue = Object.assign(async (_: unknown, data: object) => void enqueued.push(data), {
    keys: async () => [],
    depth: async () => 0,
  }) as unknown as Enqueue
  const backlog = async () => {
    await watchQueues({ db, enqueue, now })
    const metrics = (await register.metrics()).split('\n')
    return metrics.filter(line => line.startsWith('pix_backlog_rows{queue="orders-archive"}'))
  }

  const { photoIds } = await place.addPaidOrder([{ fileName: 'a.jpg', bytes: Buffer.from('a') }], now())
  expect(await backlog()).toEqual(['pix_backlog_rows{queue="orders-archive"} 1'])
  await db
    .update(entitlements)
    .set({ closedAt: now(), closedWhy: 'takedown' })
    .where(inArray(entitlements.photoId, photoIds))
  expect(await backlog()).toEqual(['pix_backlog_rows{queue="orders-archive"} 0'])
  await enqueueArchives({ db, enqueue, now })
  expect(enqueued).toEqual([])
})
