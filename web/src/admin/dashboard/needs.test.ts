import { baht } from '@pix/contracts/common.ts'
import type { Dashboard } from '@pix/contracts/dashboard.ts'
import { expect, test } from 'vitest'
import { needsOf } from './needs.ts'

const EVENT = {
  id: 'e',
  slug: 'e',
  name: { th: 'งาน', en: 'Event' },
  studioName: { th: 'ร้าน', en: 'Studio' },
  status: 'open',
  startsAt: '2026-11-01T00:00:00Z',
  approved: 0,
  waiting: 3,
  processing: 0,
  failed: 0,
} as const
const desk = (change: Partial<Dashboard>): Dashboard => ({
  days: [{ day: '2026-11-01', gross: baht(0), orders: 0 }],
  conversion: [],
  photos: { waiting: 3, processing: 0, failed: 2 },
  askedBack: 0,
  inbox: null,
  events: [EVENT],
  ...change,
})

test('photos of one event lead to its approval, those of several to the choice', () => {
  expect(needsOf(desk({}))[0]).toEqual({ label: 'desk.waiting', count: 3, to: '/admin/events/e/approve' })
  const several = desk({ photos: { waiting: 5, processing: 0, failed: 0 } })
  expect(needsOf(several)).toEqual([{ label: 'desk.waiting', count: 5, to: '/admin/approve' }])
})

test('failed photos of one event lead to the list of them, those of several to the events that have some', () => {
  const photos = { waiting: 0, processing: 0, failed: 2 }
  const ways = [[2], [1, 1], [1]].map(failed => {
    const events = failed.map((count, at) => ({ ...EVENT, id: `e${at}`, waiting: 0, failed: count }))
    return needsOf(desk({ photos, events })).map(({ to }) => to)
  })
  expect(ways).toEqual([
    ['/admin/events/e0/photos?place=failed'],
    ['/admin/photos?place=failed'],
    ['/admin/photos?place=failed'],
  ])
})

test('failed photos are named once: a person who has the inbox sees them there', () => {
  expect(needsOf(desk({})).map(({ label }) => label)).toEqual(['desk.waiting', 'desk.failedPhotos'])
  const inbox = [{ kind: 'failed_photo', count: 2 } as const, { kind: 'refund', count: 9 } as const]
  expect(needsOf(desk({ inbox })).map(({ to }) => to)).toEqual([
    '/admin/inbox?kind=refund',
    '/admin/events/e/approve',
    '/admin/inbox?kind=failed_photo',
  ])
})

test('money asked back leads to its orders, where there is no inbox', () => {
  const refunds = needsOf(desk({ askedBack: 9 }))[0]
  expect(refunds).toEqual({ label: 'desk.askedBack', count: 9, to: '/admin/orders?has=refund_asked' })
  expect(needsOf(desk({ askedBack: 9, inbox: [] })).map(({ label }) => label)).not.toContain('desk.askedBack')
})
