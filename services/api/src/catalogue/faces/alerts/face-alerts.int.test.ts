import { CHILD_ALERT_WORDING, FACE_ALERT_WORDING, GUARDIAN_WORDING } from '@pix/contracts/consent-wordings.ts'
import { CHILD_SEARCH_WORDING } from '@pix/contracts/consent-wordings.ts'
import { newId } from '@pix/db/ids.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { open } from '@pix/db/sealed/seal.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { registerFaceWorker } from '@pix/jobs/face-workers.ts'
import { liveProbeKey } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { embedding, MODEL, probe } from '../../../testing/faces.ts'
import { testApp, type TestApp } from '../../../testing/test-app.ts'
import { notifyAllObjectors } from '../engine/notify-objectors.ts'
import { answeredSearch, askFor, byLink, lettersOf, tokenOf } from './alerts-testing.ts'
import { endFaceAlerts } from './end-face-alerts.ts'

async function scene(t: TestApp) {
  const [visitor, event] = [await t.visitor(), await t.event()]
  return { visitor, event, searchId: await answeredSearch(t, visitor, event.id) }
}

const left = async (t: TestApp) => [await t.db.$count(eventAlerts), await t.db.$count(alertFaces)]

const ledger = async (t: TestApp) =>
  (await t.db.select().from(consents))
    .map(({ purpose, act }) => `${purpose} ${act}`)
    .filter(line => !line.startsWith('face_search'))

test('the face of a search is kept encrypted under its model, with a consent of its own, and an address is confirmed first', async () => {
  await using t = await testApp()
  const { visitor, event, searchId } = await scene(t)
  expect((await askFor(t, visitor, searchId, { consent: 'an older wording' })).json().code).toBe('consent_required')
  const answer = await askFor(t, visitor, searchId)
  expect([answer.statusCode, answer.json()]).toEqual([202, { confirmed: false }])

  const [face] = await t.db.select().from(alertFaces)
  expect(face).toMatchObject({ modelVersion: MODEL, eventId: event.id })
  const clear = open(t.deps.settings.COLUMN_KEYS, alertFaces.embedding, face!.id, face!.embedding)
  const numbers = new Float32Array(new Uint8Array(Buffer.from(clear, 'base64')).buffer)
  expect([numbers.length, numbers[1]]).toEqual([128, expect.closeTo(embedding[1]!)])
  const bytes = Buffer.from(Float32Array.from(embedding).buffer)
  expect(face!.embedding.includes(bytes.subarray(0, 16))).toBe(false)
  expect(await ledger(t)).toEqual(['face_alert granted'])
  expect(await t.db.select().from(eventAlerts)).toMatchObject([{ confirmedAt: null, seenRevision: 3, searchId }])

  const token = await tokenOf(t)
  expect((await byLink(t, 'look', token)).json()).toMatchObject({ confirmed: false, ofFace: true })
  expect((await byLink(t, 'confirm', token)).statusCode).toBe(204)
  expect((await askFor(t, visitor, searchId)).json()).toEqual({ confirmed: false })
  expect(await lettersOf(t, 'face_alert_confirm')).toHaveLength(1)
  expect(await left(t)).toEqual([1, 1])
})

test('the address of the account needs no letter; another visitor’s search is asked for by nobody', async () => {
  await using t = await testApp()
  const user = await t.user('customer')
  const [visitor, event] = [await t.visitor(user), await t.event()]
  const searchId = await answeredSearch(t, visitor, event.id)
  expect((await askFor(t, await t.visitor(), searchId)).statusCode).toBe(404)
  expect((await askFor(t, visitor, searchId, { email: user.email })).json()).toEqual({ confirmed: true })
  expect(await lettersOf(t, 'face_alert_confirm', user.email)).toEqual([])
  expect(await t.db.select().from(eventAlerts)).toMatchObject([{ userId: user.id, confirmedAt: expect.any(Date) }])
})

test('nothing is kept after the hour, of another model, of an event that is not on sale, or of who objects', async () => {
  await using t = await testApp()
  const { visitor, event, searchId } = await scene(t)
  const code = async () => (await askFor(t, visitor, searchId)).json<{ code: string }>().code
  const ofEvent = (set: Partial<typeof events.$inferInsert>) =>
    t.db.update(events).set(set).where(eq(events.id, event.id))
  await ofEvent({ faceModel: MODEL_VERSIONS['face-api'] })
  expect(await code()).toBe('selfie_gone')
  await ofEvent({ faceModel: MODEL, salesEnd: new Date(Date.now() - 1_000) })
  expect(await code()).toBe('face_search_off')
  await ofEvent({ salesEnd: null })
  await t.deps.redis.del(liveProbeKey(searchId))
  expect(await code()).toBe('selfie_gone')
  await t.db.update(searches).set({ forObjection: true })
  expect(await code()).toBe('illegal_state')
  expect([await left(t), await ledger(t)]).toEqual([[0, 0], []])
})

test('a child’s selfie needs the wording for children and the guardian’s confirmation, which ends the alert when it is taken back', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const [consent, guardian] = [CHILD_SEARCH_WORDING.th.id, GUARDIAN_WORDING.th.id]
  const { id } = (await probe(t, visitor, event.id, { consent, guardian })).json<{ id: string }>()
  await t.db.update(searches).set({ state: 'done', finishedAt: new Date() })
  await t.deps.redis.set(liveProbeKey(id), writeProbes([{ embedding, quality: 0.9 }], MODEL), 'EX', 600)
  const ofChild = CHILD_ALERT_WORDING.th.id
  for (const given of [
    {},
    { guardian },
    { consent: ofChild },
    { consent: ofChild, guardian: FACE_ALERT_WORDING.th.id },
  ])
    expect((await askFor(t, visitor, id, given)).json().code).toBe('consent_required')
  expect((await askFor(t, visitor, id, { consent: ofChild, guardian })).statusCode).toBe(202)
  expect(await left(t)).toEqual([1, 1])
  const payload = { purpose: 'guardian', eventId: event.id, granted: false }
  await t.app.inject({ method: 'PUT', url: '/api/me/consents', headers: visitor.headers, payload })
  expect(await left(t)).toEqual([0, 0])
})

test('it is taken back by the letter’s link, in “My data”, and with the data of the visit; the search stays', async () => {
  await using t = await testApp()
  const { visitor, event, searchId } = await scene(t)
  const headers = visitor.headers
  await askFor(t, visitor, searchId)
  expect((await byLink(t, 'withdraw', await tokenOf(t))).statusCode).toBe(204)
  expect([await left(t), await ledger(t)]).toEqual([
    [0, 0],
    ['face_alert granted', 'face_alert withdrawn'],
  ])

  await askFor(t, visitor, searchId)
  const payload = { purpose: 'face_alert', eventId: event.id, granted: false }
  const mine = await t.app.inject({ method: 'PUT', url: '/api/me/consents', headers, payload })
  expect(mine.statusCode).toBe(200)
  expect([await left(t), await t.db.$count(searches)]).toEqual([[0, 0], 1])

  await askFor(t, visitor, searchId)
  await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers })
  expect(await left(t)).toEqual([0, 0])
})

test('the face goes when the sale ends or the event closes, and when its photos are of an engine that does not know it', async () => {
  await using t = await testApp()
  const { visitor, event, searchId } = await scene(t)
  for (const over of [
    { salesEnd: new Date(Date.now() - 1_000) },
    { status: 'closed' as const },
    { facesUntil: new Date(Date.now() - 1_000) },
    { faceModel: MODEL_VERSIONS['face-api'] },
  ]) {
    await askFor(t, visitor, searchId)
    await byLink(t, 'confirm', await tokenOf(t))
    await endFaceAlerts(t.system)
    expect(await left(t)).toEqual([1, 1])
    await t.db.update(events).set(over).where(eq(events.id, event.id))
    await endFaceAlerts(t.system)
    expect(await left(t)).toEqual([0, 0])
    const before = { salesEnd: null, status: 'on_sale' as const, facesUntil: null, faceModel: MODEL }
    await t.db.update(events).set(before).where(eq(events.id, event.id))
  }
})

test('alerts of one browser are bounded', async () => {
  await using t = await testApp()
  const visitor = await t.visitor()
  const answers: number[] = []
  for (let n = 0; n < 6; n++) {
    const searchId = await answeredSearch(t, visitor, (await t.event()).id)
    answers.push((await askFor(t, visitor, searchId, { email: `${newId()}@test.example` })).statusCode)
  }
  expect(answers).toEqual([202, 202, 202, 202, 202, 409])
})

test('before an event changes its engine, people who wait are listed and written to once; the letter’s link takes the alert back', async () => {
  await using t = await testApp()
  const { visitor, event, searchId } = await scene(t)
  await askFor(t, visitor, searchId)
  await byLink(t, 'confirm', await tokenOf(t))
  const photographer = await t.user('photographer')
  await t.photo(event.id, photographer.id)
  await registerFaceWorker(t.deps.redis, { name: 'a', engines: ['sface', 'face-api'], wanted: 'sface' })
  const { headers } = await t.user('admin')
  const url = `/api/events/${event.id}/face-engine`
  const [alert] = await t.db.select().from(eventAlerts)
  expect((await t.app.inject({ url, headers })).json().unknown).toMatchObject([
    { engine: 'face-api', people: [{ id: alert!.id, kind: 'alert', hasAddress: true }] },
  ])
  const changed = await t.app.inject({ method: 'POST', url, headers, payload: { engine: 'face-api' } })
  expect(changed.statusCode).toBe(202)
  await t.db.update(faceRereads).set({ objectorsNotifiedAt: null })
  await notifyAllObjectors(t.system)
  const letters = await lettersOf(t, 'face_alert_engine')
  expect(letters).toMatchObject([{ path: '/alerts' }])
  expect((await byLink(t, 'withdraw', letters[0]!.secrets!['token']!)).statusCode).toBe(204)
  expect(await left(t)).toEqual([0, 0])
})
