import type { FoundEvent } from '@pix/contracts/found.ts'
import { users } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches, searchMatches } from '@pix/db/schema/searches.ts'
import { KEPT } from '@pix/domain/retention.ts'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../testing/images.ts'
import { addPaidOrder } from '../../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'
import { finished, search } from '../testing.ts'

type Headers = Record<string, string>

const found = async (t: TestApp, headers: Headers, eventId?: string): Promise<FoundEvent[]> => {
  const answer = await t.app.inject({ url: `/api/me/found${eventId ? `?eventId=${eventId}` : ''}`, headers })
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  return answer.json().items
}

test('a person who searched reads where they were found, how many photos there are and until when; nobody else does', async () => {
  await using t = await testApp()
  const { id, visitor, event, matches } = await finished(t)
  const other = await t.event()
  const [kept] = await t.db.select().from(searches).where(eq(searches.id, id))
  const until = new Date(kept!.createdAt.getTime() + KEPT.resultsDays * 86_400_000).toISOString()

  const [item, ...more] = await found(t, visitor.headers)
  expect(more).toEqual([])
  expect(item).toMatchObject({ event: { id: event.id, slug: event.slug }, onSaleNow: true })
  expect(item!.searches).toEqual([
    { id, found: 3, maybe: 1, bought: 0, searchedAt: kept!.createdAt.toISOString(), until },
  ])
  expect(await found(t, visitor.headers, event.id)).toHaveLength(1)
  expect(await found(t, visitor.headers, other.id)).toEqual([])
  for (const headers of [(await t.visitor()).headers, (await t.user('admin')).headers, {}])
    expect(await found(t, headers)).toEqual([])

  // These do not count any more: a photo marked "not me", one that left the sale, and an event that nobody sees.
  const payload = { searchId: id, photoId: matches[1]!.photo.id, isMe: false }
  await t.app.inject({ method: 'POST', url: '/api/face/feedback', payload, headers: visitor.headers })
  const rejected = { approval: 'rejected' as const, rejectReason: 'asked to' }
  await t.db.update(photos).set(rejected).where(eq(photos.id, matches[0]!.photo.id))
  expect((await found(t, visitor.headers))[0]!.searches).toMatchObject([{ found: 2, maybe: 0 }])
  await t.db.update(events).set({ status: 'archived' }).where(eq(events.id, event.id))
  expect(await found(t, visitor.headers)).toEqual([])
})

test('what was bought is counted as bought, and a search past its days is gone before the sweep comes', async () => {
  await using t = await testApp()
  const { id, visitor, matches } = await finished(t)
  await addPaidOrder(t.db, visitor.sessionId, [matches[1]!.photo])
  expect((await found(t, visitor.headers))[0]!.searches).toMatchObject([{ found: 3, bought: 1 }])

  const old = new Date(Date.now() - KEPT.resultsDays * 86_400_000 - 1_000)
  await t.db.update(searches).set({ createdAt: old }).where(eq(searches.id, id))
  expect(await found(t, visitor.headers)).toEqual([])
})

test('an account that has verified its address finds on another device what it searched while signed in', async () => {
  await using t = await testApp()
  const { id, visitor, matches } = await finished(t)
  const user = await t.user('customer')
  const device = await t.visitor(user)
  // A guest's search in another browser is not the account's.
  expect(await found(t, device.headers)).toEqual([])

  const [{ consentId } = { consentId: '' }] = await t.db.select().from(searches).where(eq(searches.id, id))
  const [line] = await t.db.select().from(consents).where(eq(consents.id, consentId))
  const agreed = { ...line!, id: t.deps.newId(), userId: user.id }
  await t.db.insert(consents).values(agreed)
  await t.db.update(searches).set({ consentId: agreed.id }).where(eq(searches.id, id))
  expect((await found(t, device.headers))[0]!.searches).toMatchObject([{ id, found: 3 }])
  const results = () => t.app.inject({ url: `/api/face/search/${id}/results`, headers: device.headers })
  expect((await results()).json().items).toHaveLength(matches.length)

  await t.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, user.id))
  expect([await found(t, device.headers), (await results()).statusCode]).toEqual([[], 404])
  expect((await found(t, visitor.headers))[0]!.searches).toHaveLength(1)
})

test('what was ticked and unticked by hand is remembered with the search, for nobody else', async () => {
  await using t = await testApp()
  const { id, visitor, matches, results } = await finished(t)
  const [maybe, sure] = matches.map(({ photo }) => photo.id)
  const pick = (headers: Headers, picks: object[]) =>
    t.app.inject({ method: 'PUT', url: `/api/face/search/${id}/picks`, payload: { picks }, headers })
  const picks = [
    { photoId: maybe, picked: true },
    { photoId: sure, picked: false },
    { photoId: t.deps.newId(), picked: true },
  ]
  expect((await pick((await t.visitor()).headers, picks)).statusCode).toBe(404)
  expect((await pick(visitor.headers, picks)).statusCode).toBe(204)

  const items: { photo: { id: string }; picked: boolean | null }[] = (await results()).json().items
  const picked = (photoId: string | undefined) => items.find(({ photo }) => photo.id === photoId)!.picked
  expect([picked(maybe), picked(sure), picked(matches[2]!.photo.id)]).toEqual([true, false, null])
})

test('forgetting an event deletes every search of it with its matches, and takes the consents back', async () => {
  await using t = await testApp()
  const { visitor, event, results } = await finished(t)
  // One that found nothing is forgotten, too.
  expect((await search(t, visitor, event.id, await testJpeg(2))).statusCode).toBe(202)
  const forget = (headers: Headers) => t.app.inject({ method: 'DELETE', url: `/api/me/found/${event.id}`, headers })
  expect((await forget((await t.visitor()).headers)).statusCode).toBe(404)

  expect((await forget(visitor.headers)).statusCode).toBe(204)
  expect(await found(t, visitor.headers)).toEqual([])
  expect((await results()).statusCode).toBe(404)
  expect(await t.db.$count(searches)).toBe(0)
  expect(await t.db.$count(searchMatches)).toBe(0)
  const withdrawn = and(eq(consents.sessionId, visitor.sessionId), eq(consents.act, 'withdrawn'))
  expect(await t.db.$count(consents, withdrawn)).toBe(2)
  expect((await forget(visitor.headers)).statusCode).toBe(404)
})

test('forgetting an event leaves the search of somebody who asks not to be found there', async () => {
  await using t = await testApp()
  const { id, visitor, event } = await finished(t)
  const asking = (await search(t, visitor, event.id, await testJpeg(2))).json().id as string
  await t.db.update(searches).set({ forObjection: true }).where(eq(searches.id, asking))
  const answer = await t.app.inject({ method: 'DELETE', url: `/api/me/found/${event.id}`, headers: visitor.headers })
  expect(answer.statusCode).toBe(204)
  expect((await t.db.select({ id: searches.id }).from(searches)).map(row => row.id)).toEqual([asking])
  expect(id).not.toBe(asking)
})
