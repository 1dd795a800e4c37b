import { newId } from '@pix/db/ids.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { events } from '@pix/db/schema/events.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'

async function scene(t: TestApp) {
  const [photographer, first, second] = [await t.user('photographer'), await t.event(), await t.event()]
  const photo = (eventId: string, approval: 'approved' | 'pending') => t.photo(eventId, photographer.id, { approval })
  /** What the two events say, after it was found to be what their photos say. */
  const counts = async () => {
    const rows = await t.db
      .select({
        id: events.id,
        kept: events.photoCount,
        counted: sql<number>`(
          select count(*)::int from photos p where p.event_id = events.id and p.approval = 'approved'
        )`,
      })
      .from(events)
    for (const { kept, counted } of rows) expect(kept).toBe(counted)
    return [first, second].map(({ id }) => rows.find(row => row.id === id)?.kept)
  }
  return { first, second, photo, counts }
}

test('an event knows how many of its photos are approved after every kind of change', async () => {
  await using t = await testApp()
  const { first, second, photo, counts } = await scene(t)
  const [kept, staying, rejected] = [
    await photo(first.id, 'approved'),
    await photo(first.id, 'approved'),
    await photo(first.id, 'pending'),
  ]
  expect(await counts()).toEqual([2, 0])

  const approve = { approval: 'approved', rejectReason: null } as const
  await t.db.update(photos).set(approve).where(eq(photos.eventId, first.id))
  expect(await counts()).toEqual([3, 0])
  const reject = { approval: 'rejected', rejectReason: 'blurred' } as const
  await t.db.update(photos).set(reject).where(eq(photos.id, rejected.id))
  expect(await counts()).toEqual([2, 0])
  await t.db.update(photos).set({ fileName: 'renamed.jpg' })
  expect(await counts()).toEqual([2, 0])

  const move = t.db.update(photos).set({ eventId: second.id }).where(eq(photos.id, staying.id))
  await expect(move).rejects.toMatchObject({ cause: { constraint: 'photos_stay' } })
  expect(await counts()).toEqual([2, 0])
  await t.db.delete(photos).where(inArray(photos.id, [kept.id, rejected.id]))
  expect(await counts()).toEqual([1, 0])
  await t.db.delete(photos)
  expect(await counts()).toEqual([0, 0])
})

test('one statement for many photos of several events counts for each of them', async () => {
  await using t = await testApp()
  const { first, second, photo, counts } = await scene(t)
  const made = await photo(first.id, 'approved')
  const copies = [
    [first.id, 'approved'],
    [first.id, 'pending'],
    [second.id, 'approved'],
    [second.id, 'approved'],
  ] as const
  await t.db.insert(photos).values(
    copies.map(([eventId, approval], n) => {
      return { ...made, id: newId(), eventId, approval, sha256: String(n).repeat(64) }
    }),
  )
  expect(await counts()).toEqual([2, 2])
  await t.db.update(photos).set({ approval: 'pending' }).where(eq(photos.approval, 'approved'))
  expect(await counts()).toEqual([0, 0])
})

test('what is rolled back was never counted, and changes at the same time are all counted', async () => {
  await using t = await testApp()
  const { first, photo, counts } = await scene(t)
  const made = await Promise.all(Array.from({ length: 6 }, () => photo(first.id, 'pending')))
  const approve = (id: string) =>
    t.db
      .update(photos)
      .set({ approval: 'approved' })
      .where(and(eq(photos.id, id), eq(photos.approval, 'pending')))
  await expect(
    t.db.transaction(async tx => {
      await tx.update(photos).set({ approval: 'approved' })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await counts()).toEqual([0, 0])

  await Promise.all([...made, ...made].map(({ id }) => approve(id)))
  expect(await counts()).toEqual([6, 0])
})
