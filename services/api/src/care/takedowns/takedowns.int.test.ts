import type { InboxLine } from '@pix/contracts/inbox.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderArchives, orderLines } from '@pix/db/schema/orders.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { takedownRequests, takedowns } from '@pix/db/schema/takedowns.ts'
import { originalKey, thumbnailKey, zipKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { decideTakedown } from './decide-takedown.ts'
import { deleteTakenDown, eraseRequests } from './finish-takedowns.ts'

type Visitor = Awaited<ReturnType<TestApp['visitor']>>

/** An event with two photos on sale, both bought by one visitor; their files are there, and the ZIP. */
async function scene(t: TestApp) {
  const [event, photographer, buyer, admin] = [
    await t.event(),
    await t.user('photographer'),
    await t.visitor(),
    await t.user('admin'),
  ]
  const [photo, other] = [await t.photo(event.id, photographer.id), await t.photo(event.id, photographer.id)]
  await t.db.update(events).set({ coverPhotoId: photo.id }).where(eq(events.id, event.id))
  await t.db.insert(faces).values({
    id: t.deps.newId(),
    photoId: photo.id,
    eventId: event.id,
    x: 0.1,
    y: 0.1,
    width: 0.2,
    height: 0.2,
    score: 1,
    quality: 1,
    modelVersion: 'test',
    landmarks: Buffer.alloc(544),
    embedding: Buffer.alloc(512),
  })
  await t.db.update(photos).set({ faceCount: 1 }).where(eq(photos.id, photo.id))
  const orderId = await addPaidOrder(t.db, buyer.sessionId, [photo, other])
  const files = {
    original: originalKey(event.id, photo.id, 'jpg'),
    medium: thumbnailKey(event.id, 'medium', photo.id),
    zip: zipKey(event.id, orderId),
  }
  for (const key of Object.values(files))
    await t.storage.put(MAIN_BUCKET, key, Readable.from([Buffer.from('bytes')]), { contentType: 'image/jpeg' })
  await t.db.update(orderArchives).set({
    state: 'ready',
    bytes: 5,
    queuedAt: new Date(Date.now() - 60_000),
    expiresAt: new Date(Date.now() + 60_000),
  })
  const left = async () =>
    (await Promise.all(Object.values(files).map(key => t.storage.head(MAIN_BUCKET, key)))).filter(Boolean).length
  const ask = (visitor: Visitor, more: object = {}, photoId = photo.id) => {
    const payload = { photoId, reason: 'me', locale: 'th', ...more }
    return t.app.inject({ method: 'POST', url: '/api/takedowns', payload, headers: visitor.headers })
  }
  const lines = async () => {
    const url = '/api/admin/inbox?kind=takedown'
    return (await t.app.inject({ url, headers: admin.headers })).json().items as Extract<
      InboxLine,
      { kind: 'takedown' }
    >[]
  }
  const decide = async (decision: 'taken_down' | 'refused', reason = 'She asked for it', more: object = {}) => {
    const [line] = await lines()
    const url = `/api/admin/inbox/takedown/${line!.id}/decide`
    return t.app.inject({ method: 'POST', url, payload: { decision, reason }, headers: { ...admin.headers, ...more } })
  }
  return { event, photographer, buyer, admin, photo, other, orderId, left, ask, lines, decide }
}

const letters = async (t: TestApp) => {
  const rows = await t.db.select().from(outgoingMail)
  return rows.map(({ template, recipient, facts }) => [template, recipient, facts])
}

test('anybody asks without an account and gets a number; who asks for the same photo joins the open line', async () => {
  await using t = await testApp()
  const { ask, lines, photo, event } = await scene(t)
  const [first, second] = [await t.visitor(), await t.visitor()]
  const one = await ask(first, { statement: ' It is me ', email: 'me@shop.TEST' })
  expect([one.statusCode, one.json()]).toEqual([201, { number: expect.stringMatching(/^TD-\d{4}-\d{6}$/) }])
  expect((await ask(first, { statement: 'again' })).json()).toEqual(one.json())
  const two = (await ask(second, { reason: 'child' })).json()
  expect(two.number).not.toBe(one.json().number)
  expect(await lines()).toMatchObject([
    {
      kind: 'takedown',
      about: {
        photo: { id: photo.id },
        event: { id: event.id },
        bought: 1,
        requests: [
          { number: one.json().number, reason: 'me', statement: 'It is me', email: 'me@shop.test' },
          { number: two.number, reason: 'child', statement: null, email: null },
        ],
      },
    },
  ])
})

test('of many who ask for a photo at once all join one line, each with a number of their own', async () => {
  await using t = await testApp()
  const { ask, lines } = await scene(t)
  const visitors = await Promise.all(Array.from({ length: 6 }, () => t.visitor()))
  const answers = await Promise.all(visitors.map(visitor => ask(visitor)))
  expect(new Set(answers.map(answer => answer.json().number)).size).toBe(6)
  expect((await lines()).map(({ about }) => about.requests.length)).toEqual([6])
})

test('a photo that the caller cannot see cannot be asked for, and answers as one that is not there', async () => {
  await using t = await testApp()
  const { ask, event, photographer } = await scene(t)
  const pending = await t.photo(event.id, photographer.id, { approval: 'pending' })
  const hidden = await t.photo((await t.event({ status: 'open' })).id, photographer.id)
  for (const id of [pending.id, hidden.id, t.deps.newId()])
    expect((await ask(await t.visitor(), {}, id)).json().code).toBe('not_found')
  expect(await t.db.select().from(takedowns)).toEqual([])
})

test('a photo taken down is gone for everybody at once: pages, pictures, searches, buyers, files and ZIPs', async () => {
  await using t = await testApp()
  const { ask, decide, lines, left, event, photo, other, buyer, orderId } = await scene(t)
  const visitor = await t.visitor()
  await ask(visitor, { email: 'a@shop.test' })
  await ask(await t.visitor(), { email: 'A@shop.test', locale: 'en' })
  const picture = `/media/${event.id}/medium/${photo.id}.jpg`
  const status = async (url: string, { headers }: Visitor) => (await t.app.inject({ url, headers })).statusCode
  expect([await status(picture, visitor), await left()]).toEqual([200, 3])

  expect((await decide('taken_down')).statusCode).toBe(204)

  for (const reader of [visitor, buyer]) expect(await status(picture, reader)).toBe(404)
  expect(await status(`/api/photos/${photo.id}`, visitor)).toBe(404)
  expect(await status(`/api/photos/${photo.id}/original`, buyer)).toBe(404)
  const layout = await t.app.inject({ url: `/api/events/${event.id}/photos/layout` })
  expect(layout.json().ids).toEqual([other.id])
  const [row] = await t.db.select().from(events).where(eq(events.id, event.id))
  expect([row!.coverPhotoId, row!.photoCount]).toEqual([other.id, 1])
  expect([await t.db.$count(faces), await left()]).toEqual([0, 0])

  // Its buyer reads that it was taken back, and keeps the other one.
  const order = (await t.app.inject({ url: `/api/orders/${orderId}`, headers: buyer.headers })).json()
  expect(order.events[0].photos.map((each: { bought: boolean }) => each.bought)).toEqual([false, true])
  const downloads = (await t.app.inject({ url: `/api/orders/${orderId}/download`, headers: buyer.headers })).json()
  expect(downloads.events[0]).toMatchObject({ photos: [{ photo: { id: other.id } }], archive: { state: 'expired' } })
  expect(await t.db.select().from(entitlements).where(eq(entitlements.photoId, photo.id))).toMatchObject([
    { closedWhy: 'takedown' },
  ])
  const marked = await t.db.select().from(orderLines)
  expect(marked.map(line => [line.photoId, line.takenDownAt !== null]).toSorted()).toEqual(
    [
      [photo.id, true],
      [other.id, false],
    ].toSorted(),
  )
  // Both gave the same address: one letter, under the first number.
  expect(await letters(t)).toEqual([['photo_taken_down', 'a@shop.test', { number: expect.any(String) }]])
  expect(await lines()).toEqual([])
  const detail = { photo: photo.id }
  const after = { decision: 'taken_down', linesToRefund: 1 }
  expect(await t.db.select().from(auditEvents)).toMatchObject([{ action: 'takedown.decide', detail, after }])
  expect((await ask(visitor)).json().code).toBe('not_found')
})

test('a photo taken down cannot be approved again: one by one, in bulk, or past the api', async () => {
  await using t = await testApp()
  const { ask, decide, admin, event, photo } = await scene(t)
  await ask(await t.visitor())
  await decide('taken_down')
  const put = (url: string, payload?: object) =>
    t.app.inject({ method: payload ? 'POST' : 'PUT', url, headers: admin.headers, ...(payload && { payload }) })
  expect((await put(`/api/photos/${photo.id}/approve`)).json().code).toBe('illegal_state')
  for (const decision of ['approved', 'pending']) {
    const bulk = await put('/api/photos/approvals', { eventId: event.id, decision, photoIds: [photo.id] })
    expect(bulk.json()).toEqual({ changed: [] })
  }
  const past = t.db.update(photos).set({ approval: 'approved', rejectReason: null }).where(eq(photos.id, photo.id))
  await expect(past).rejects.toMatchObject({ cause: { constraint: 'photos_taken_down' } })
})

test('a refused request leaves the photo as it is, its reason goes out by letter, and asking again opens a new line', async () => {
  await using t = await testApp()
  const { ask, decide, lines, left, photo } = await scene(t)
  const visitor = await t.visitor()
  const { number } = (await ask(visitor, { email: 'a@shop.test', locale: 'en' })).json()
  const [before] = await lines()
  expect((await decide('refused', 'Nobody can be recognised')).statusCode).toBe(204)
  const [row] = await t.db.select().from(photos).where(eq(photos.id, photo.id))
  expect([row!.approval, row!.takenDownAt, row!.faceCount, await left()]).toEqual(['approved', null, 1, 3])
  expect(await letters(t)).toEqual([
    ['takedown_refused', 'a@shop.test', { number, reason: 'Nobody can be recognised' }],
  ])
  expect((await ask(visitor)).json().number).not.toBe(number)
  expect((await lines())[0]!.id).not.toBe(before!.id)
})

test("a decision's letter names the marketplace, also where it is made at the storefront of another studio", async () => {
  await using t = await testApp()
  const { ask, decide } = await scene(t)
  const host = `${(await t.studio()).slug}.shop.test`
  for (const decision of ['refused', 'taken_down'] as const) {
    await ask(await t.visitor(), { email: `${decision}@shop.test` })
    expect((await decide(decision, 'As asked', { host })).statusCode).toBe(204)
  }
  const written = await t.db.select().from(outgoingMail)
  expect(written.map(({ storefront }) => storefront)).toEqual([null, null])
})

test('files and ZIPs go even where the process dies after its commit, and a ZIP that is being built goes once it is ready', async () => {
  await using t = await testApp()
  const { ask, lines, left, admin } = await scene(t)
  await t.db.update(orderArchives).set({ state: 'building' })
  await ask(await t.visitor())
  const [line] = await lines()
  const ctx = t.callerContext(admin)
  await t.db.transaction(tx => decideTakedown(ctx, tx, line!.id, { decision: 'taken_down', reason: 'asked' }))
  expect(await left()).toBe(3)
  await deleteTakenDown(t.system)
  expect(await left()).toBe(1)
  expect((await t.db.select().from(takedowns))[0]!.filesGoneAt).toBeNull()
  await t.db.update(orderArchives).set({ state: 'ready' })
  await deleteTakenDown(t.system)
  expect(await left()).toBe(0)
  expect((await t.db.select().from(takedowns))[0]!.filesGoneAt).not.toBeNull()
  expect((await t.db.select().from(orderArchives))[0]).toMatchObject({ state: 'expired', bytes: null })
})

test('what people wrote and their addresses are erased 90 days after the decision', async () => {
  await using t = await testApp()
  const { ask, decide } = await scene(t)
  await ask(await t.visitor(), { statement: 'It is me', email: 'me@shop.test' })
  const row = async () => (await t.db.select().from(takedownRequests))[0]
  t.forward(200 * 86_400_000)
  await eraseRequests(t.system)
  expect(await row()).toMatchObject({ statement: 'It is me', email: 'me@shop.test' })
  t.forward(-200 * 86_400_000)
  await decide('refused')
  t.forward(91 * 86_400_000)
  await eraseRequests(t.system)
  expect(await row()).toMatchObject({ statement: null, email: null, erasedAt: expect.any(Date), reason: 'me' })
})
