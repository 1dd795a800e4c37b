import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'

async function scene(t: TestApp) {
  const [admin, photographer, event] = [await t.user('admin'), await t.user('photographer'), await t.event()]
  await t.invite(event.id, photographer.id)
  const photo = (more = {}) => t.photo(event.id, photographer.id, { approval: 'pending', ...more })
  const decide = (payload: object) =>
    t.app.inject({
      method: 'POST',
      url: '/api/photos/approvals',
      payload: { eventId: event.id, ...payload },
      headers: admin.headers,
    })
  const onSale = async () =>
    (await t.app.inject({ url: `/api/events/${event.id}/photos` })).json().items.map((tile: { id: string }) => tile.id)
  return { admin, photographer, event, photo, decide, onSale }
}

const idsOf = (answer: { json: () => { changed: string[] } }) => answer.json().changed.sort()

test('approving everything takes what is processed and pending, and one undo takes it back', async () => {
  await using t = await testApp()
  const { photo, decide, onSale } = await scene(t)
  const [a, b] = [await photo(), await photo()]
  await photo({ state: 'queued', processedAt: null, width: null, height: null })
  const rejected = await photo({ approval: 'rejected', rejectReason: 'blurred' })

  const changed = idsOf(await decide({ decision: 'approved', photoIds: 'all_pending' }))

  expect(changed).toEqual([a.id, b.id].sort())
  expect(await onSale()).toEqual(changed)
  expect(idsOf(await decide({ decision: 'pending', photoIds: changed }))).toEqual(changed)
  expect(await onSale()).toEqual([])
  const [still] = await t.db.select().from(photos).where(eq(photos.id, rejected.id))
  expect(still?.approval).toBe('rejected')
})

test('every decision raises the event revision and writes it into exactly the photos that changed', async () => {
  await using t = await testApp()
  const { event, photo, decide } = await scene(t)
  const [a, b] = [await photo(), await photo()]
  await decide({ decision: 'approved', photoIds: [a.id] })
  await decide({ decision: 'approved', photoIds: [a.id, b.id] })

  const [now] = await t.db.select().from(events).where(eq(events.id, event.id))
  const rows = await t.db.select().from(photos).orderBy(photos.id)

  expect(now?.indexRevision).toBe(2)
  expect(rows.map(row => row.indexRevision)).toEqual([1, 2])
})

test('decisions made at once on one event get different revisions, in the order they commit', async () => {
  await using t = await testApp()
  const { photo, decide } = await scene(t)
  const made = []
  for (let i = 0; i < 8; i++) made.push(await photo())

  await Promise.all(made.map(({ id }) => decide({ decision: 'approved', photoIds: [id] })))

  const rows = await t.db.select().from(photos)
  expect(new Set(rows.map(row => row.indexRevision)).size).toBe(8)
})

test('a rejection needs a reason, which its photographer reads', async () => {
  await using t = await testApp()
  const { admin, photographer, event, photo, decide } = await scene(t)
  const { id } = await photo()
  expect((await decide({ decision: 'rejected', photoIds: [id] })).json().errors[0].path).toBe('body.reason')

  const reject = { method: 'PUT', url: `/api/photos/${id}/reject`, payload: { reason: 'eyes closed' } } as const
  expect((await t.app.inject({ ...reject, headers: admin.headers })).json().approval).toBe('rejected')

  const crew = await t.app.inject({ url: `/api/events/${event.id}/photos/crew`, headers: photographer.headers })
  expect(crew.json().items[0]).toMatchObject({ id, approval: 'rejected', rejectReason: 'eyes closed' })
  expect(crew.json().counts).toMatchObject({ processed: 1, pending: 0, approved: 0, rejected: 1 })
})

test('an unprocessed photo cannot be approved; a failed one is tried again by its photographer only', async () => {
  await using t = await testApp()
  const { admin, photographer, photo } = await scene(t)
  const { id } = await photo({ state: 'failed', failure: 'damaged', processedAt: null })
  const approve = { method: 'PUT', url: `/api/photos/${id}/approve`, headers: admin.headers } as const
  expect((await t.app.inject(approve)).json().code).toBe('illegal_state')

  const retry = (headers: Record<string, string>) =>
    t.app.inject({ method: 'POST', url: `/api/photos/${id}/retry`, headers })
  expect((await retry((await t.user('photographer')).headers)).statusCode).toBe(404)
  expect((await retry(photographer.headers)).json()).toMatchObject({ id, state: 'queued', failure: null })
  expect((await retry(photographer.headers)).json().code).toBe('illegal_state')
})

test('the cover is a photo on sale and changes when it leaves the sale', async () => {
  await using t = await testApp()
  const { event, photo, decide } = await scene(t)
  const [portrait, landscape, other] = [
    await photo({ width: 2000, height: 3000, faceCount: 9 }),
    await photo({ faceCount: 3 }),
    await photo({ faceCount: 1 }),
  ]
  const cover = async () => (await t.app.inject({ url: `/api/events/${event.id}` })).json().coverPhotoId
  await decide({ decision: 'approved', photoIds: [portrait.id, landscape.id, other.id] })
  expect(await cover()).toBe(landscape.id)
  await decide({ decision: 'rejected', reason: 'asked to', photoIds: [landscape.id] })
  expect(await cover()).toBe(other.id)
})

test('photographers see their own photos only, admins all', async () => {
  await using t = await testApp()
  const { admin, photographer, event, photo } = await scene(t)
  const other = await t.user('photographer')
  await t.invite(event.id, other.id)
  const mine = await photo()
  const theirs = await t.photo(event.id, other.id)
  const seen = async (headers: Record<string, string>) =>
    (await t.app.inject({ url: `/api/events/${event.id}/photos/crew`, headers }))
      .json()
      .items.map((item: { id: string }) => item.id)

  expect(await seen(photographer.headers)).toEqual([mine.id])
  expect(await seen(other.headers)).toEqual([theirs.id])
  expect(await seen(admin.headers)).toEqual([mine.id, theirs.id])
})

test('the list goes by time taken, pages without gaps or repeats, and ends with photos of unknown time', async () => {
  await using t = await testApp()
  const { event, photo, onSale } = await scene(t)
  const wanted: { id: string }[] = []
  for (const minute of [3, 1, 2, 2, null, null]) {
    wanted.push(
      await photo({
        approval: 'approved',
        takenAt: minute === null ? null : new Date(Date.UTC(2026, 10, 1, 1, minute)),
      }),
    )
  }
  const order = [1, 2, 3, 0, 4, 5].map(i => wanted[i]!.id)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (
      await t.app.inject({ url: `/api/events/${event.id}/photos?limit=2${cursor && `&cursor=${cursor}`}` })
    ).json() as { items: { id: string }[]; nextCursor: string | null }
    seen.push(...page.items.map(item => item.id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(order)
  expect(await onSale()).toEqual(order)
  const layout = (await t.app.inject({ url: `/api/events/${event.id}/photos/layout` })).json()
  expect(layout.ids).toEqual(order)
  expect(layout.aspects[0]).toBe(1.5)
  expect(layout.takenAt.at(-1)).toBeNull()
})
