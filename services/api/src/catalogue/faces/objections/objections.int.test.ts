import { KEPT_FACE_WORDING, OBJECTION_WORDING } from '@pix/contracts/consent-wordings.ts'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { hiddenFaces, keptFaces, objections } from '@pix/db/schema/objections.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { registerFaceWorker } from '@pix/jobs/face-workers.ts'
import { objectorKey } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { embedding, probe } from '../../../testing/faces.ts'
import { testJpeg } from '../../../testing/images.ts'
import { foundObjector, photosIn } from '../../../testing/objector.ts'
import { testApp } from '../../../testing/test-app.ts'
import { notifyAllObjectors } from '../engine/notify-objectors.ts'
import { send, type Visitor } from '../testing.ts'

const KEEP = KEPT_FACE_WORDING.th.id

test('a hidden person is in nobody else’s results, not of searches made before either, and goes on finding themselves', async () => {
  await using t = await testApp()
  const { visitor, other, shown, confirm, search } = await foundObjector(t)
  const before = await search(other)
  expect(photosIn(await before.read())).toHaveLength(3)

  const [sure] = shown
  const answer = await confirm({ photoIds: [sure!.photo.id] })

  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ kind: 'hide', faces: 1, unsure: 0, kept: false })
  const left = shown.slice(1).map(({ photo }) => photo.id)
  expect(photosIn(await before.read())).toEqual(left.toSorted())
  expect((await before.status()).counts).toEqual({ sure: 0, likely: 1, maybe: 1 })
  expect(photosIn(await (await search(other)).read())).toEqual(left.toSorted())
  expect(photosIn(await (await search(visitor)).read())).toHaveLength(3)
  expect((await confirm({ photoIds: [sure!.photo.id] })).json()).toEqual(answer.json())
  expect(await t.db.$count(objections)).toBe(1)
})

test('with its person’s consent the face is kept as every engine made it, and goes when the consent does', async () => {
  await using t = await testApp()
  const { visitor, event, confirm } = await foundObjector(t)

  expect((await confirm({ keep: 'an older wording' })).json().code).toBe('consent_required')
  expect((await confirm({ keep: KEEP })).json()).toMatchObject({ kept: true })

  const kept = await t.db.select().from(keptFaces)
  expect(kept.map(({ modelVersion }) => modelVersion).toSorted()).toEqual(Object.values(MODEL_VERSIONS).toSorted())
  expect(new Float32Array(new Uint8Array(kept[0]!.embedding).buffer)[1]).toBeCloseTo(embedding[1]!)
  const purposes = (await t.db.select().from(consents)).map(({ purpose, act }) => `${purpose} ${act}`)
  expect(purposes).toEqual(['objection granted', 'kept_face granted'])

  const payload = { purpose: 'kept_face', eventId: event.id, granted: false }
  await t.app.inject({ method: 'PUT', url: '/api/me/consents', headers: visitor.headers, payload })
  expect(await t.db.$count(keptFaces)).toBe(0)
  expect(await t.db.$count(hiddenFaces)).toBe(3)
})

test('a face that is no longer at hand cannot be kept, and what is no objection cannot be confirmed', async () => {
  await using t = await testApp()
  const { visitor, searchId, event, confirm } = await foundObjector(t)
  const ordinary = (await probe(t, visitor, event.id)).json<{ id: string }>().id
  expect((await confirm({}, ordinary)).json().code).toBe('illegal_state')
  await t.deps.redis.del(objectorKey(searchId))
  expect((await confirm({ keep: KEEP })).json().code).toBe('selfie_gone')
  expect(await t.db.$count(objections)).toBe(0)
  expect((await probe(t, visitor, event.id, { consent: OBJECTION_WORDING.en.id })).json().code).toBe('consent_required')
})

test('its person takes it back in their browser, and by the letter’s link in any other, once', async () => {
  await using t = await testApp()
  const here = await foundObjector(t)
  const { id } = (await here.confirm({ keep: KEEP })).json<{ id: string }>()
  const stranger = await t.visitor()
  const withdraw = (who: Visitor) =>
    t.app.inject({ method: 'DELETE', url: `/api/me/objections/${id}`, headers: who.headers })
  const mine = async (who: Visitor) =>
    (await t.app.inject({ url: '/api/me/objections', headers: who.headers })).json().items
  expect(await mine(here.visitor)).toMatchObject([{ id, kept: true, event: { slug: here.event.slug } }])
  expect((await withdraw(stranger)).statusCode).toBe(404)
  expect((await withdraw(here.visitor)).statusCode).toBe(204)
  expect([await mine(here.visitor), await t.db.$count(keptFaces), await t.db.$count(hiddenFaces)]).toEqual([[], 0, 0])
  expect(
    (await t.db.select().from(consents).where(eq(consents.act, 'withdrawn'))).map(({ purpose }) => purpose),
  ).toEqual(['kept_face'])

  const there = await foundObjector(t)
  await there.confirm({ email: 'Me@Example.test' })
  const [letter] = await t.db.select().from(outgoingMail)
  expect(letter).toMatchObject({ template: 'objection_made', recipient: 'Me@example.test', path: '/hide-me/withdraw' })
  const byLink = () =>
    t.app.inject({
      method: 'POST',
      url: '/api/objections/withdrawal',
      headers: stranger.headers,
      payload: { token: letter!.secrets!.token },
    })
  expect((await byLink()).json()).toMatchObject({ kind: 'hide', event: { slug: there.event.slug } })
  expect((await byLink()).json().code).toBe('link_used_up')
  expect(photosIn(await (await there.search(there.other)).read())).toHaveLength(3)
})

test('who deletes the data of a browser leaves hidden faces hidden, and nothing of their own', async () => {
  await using t = await testApp()
  const { visitor, other, confirm, search } = await foundObjector(t)
  await confirm({ keep: KEEP, email: 'me@example.test' })
  await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers: visitor.headers })
  expect(await t.db.$count(keptFaces)).toBe(0)
  expect(await t.db.select().from(objections)).toMatchObject([
    { sessionId: null, userId: null, email: null, linkHash: null },
  ])
  expect(photosIn(await (await search(other)).read())).toEqual([])
})

test('before an event changes its engine, by the button or by the command, people whom the new one does not know are written to once', async () => {
  await using t = await testApp()
  const { event, confirm, searchId } = await foundObjector(t)
  await t.deps.redis.hdel(objectorKey(searchId), MODEL_VERSIONS.sface)
  const { id } = (await confirm({ keep: KEEP, email: 'me@example.test' })).json<{ id: string }>()
  const unknown = await foundObjector(t)
  await unknown.confirm({ keep: KEEP, email: 'known@example.test' })
  await registerFaceWorker(t.deps.redis, { name: 'a', engines: ['sface', 'face-api'], wanted: 'sface' })
  await t.db.update(events).set({ faceModel: MODEL_VERSIONS['face-api'] })
  const { headers } = await t.user('admin')

  const url = `/api/events/${event.id}/face-engine`
  const read = (await t.app.inject({ url, headers })).json()
  expect(read.unknown).toMatchObject([{ engine: 'sface', people: [{ id, kind: 'hide', hasAddress: true }] }])
  const host = `${(await t.studio()).slug}.shop.test`
  const atAnother = { ...headers, host }
  const changed = await t.app.inject({ method: 'POST', url, headers: atAnother, payload: { engine: 'sface' } })
  expect(changed.statusCode).toBe(202)
  const letters = () => t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'objection_engine'))
  const theirs = { recipient: 'me@example.test', path: `/events/${event.slug}/hide-me`, storefront: null }
  expect(await letters()).toMatchObject([theirs])
  await notifyAllObjectors(t.system)
  expect(await letters()).toHaveLength(1)

  // As the command asks for it, which writes no letters by itself.
  await t.db.delete(outgoingMail)
  await t.db.update(faceRereads).set({ objectorsNotifiedAt: null, askedBy: null })
  await notifyAllObjectors(t.system)
  expect(await letters()).toMatchObject([theirs])
  expect((await t.db.select().from(faceRereads))[0]!.objectorsNotifiedAt).toEqual(expect.any(Date))
})

test('a selfie with the consent to a search is not kept for an objection', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const started = await send(t, visitor, [
    ['eventId', event.id],
    ['consent', FACE_SEARCH_CONSENT.th],
    ['selfie', await testJpeg(1)],
  ])
  expect(started.statusCode).toBe(202)
  expect((await t.db.select().from(searches)).map(({ forObjection }) => forObjection)).toEqual([false])
})
