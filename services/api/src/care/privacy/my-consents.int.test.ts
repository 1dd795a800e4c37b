import { createHash } from 'node:crypto'
import { FACE_SEARCH_WORDING, wordingText } from '@pix/contracts/consent-wordings.ts'
import { consents, consentWordings } from '@pix/db/schema/consents.ts'
import { events } from '@pix/db/schema/events.ts'
import { sessions } from '@pix/db/schema/auth.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { probe } from '../../testing/faces.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

type Visitor = Awaited<ReturnType<TestApp['visitor']>>

const searchIn = (t: TestApp, visitor: Visitor, eventId: string, consent: string) =>
  probe(t, visitor, eventId, { consent })

const mine = async (t: TestApp, { headers }: { headers: Record<string, string> }) =>
  (await t.app.inject({ url: '/api/me/consents', headers })).json().lines

const change = (t: TestApp, { headers }: Visitor, payload: object) =>
  t.app.inject({ method: 'PUT', url: '/api/me/consents', headers, payload })

test('the ledger names the very text that was shown, by its hash, and stands without the event and the session', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  await searchIn(t, visitor, event.id, FACE_SEARCH_WORDING.en.id)

  const text = wordingText(FACE_SEARCH_WORDING.en)
  const hash = createHash('sha256').update(text).digest('hex')
  expect(await t.db.select().from(consentWordings)).toMatchObject([{ hash, text, locale: 'en' }])
  expect(await mine(t, visitor)).toMatchObject([{ act: 'granted', purpose: 'face_search', text, standing: true }])

  await t.db.delete(searches)
  await t.db.delete(events).where(eq(events.id, event.id))
  await t.db.delete(sessions).where(eq(sessions.id, visitor.sessionId))
  expect(await t.db.select().from(consents)).toMatchObject([{ eventId: event.id, wordingHash: hash }])
})

test('taking a consent back is a line of its own, deletes what was found, and is done once', async () => {
  await using t = await testApp()
  const [visitor, event, other] = [await t.visitor(), await t.event(), await t.event()]
  for (const one of [event, event, other]) await searchIn(t, visitor, one.id, FACE_SEARCH_WORDING.th.id)

  for (const _ of [1, 2]) {
    const answer = await change(t, visitor, { purpose: 'face_search', eventId: event.id, granted: false })
    expect(answer.statusCode).toBe(200)
  }

  const lines = await mine(t, visitor)
  expect(lines.filter(({ act }: { act: string }) => act === 'withdrawn')).toHaveLength(2)
  const standing = lines.filter((line: { standing: boolean }) => line.standing)
  expect(standing).toMatchObject([{ eventId: other.id, event: { slug: other.slug } }])
  expect(await t.db.select().from(searches)).toMatchObject([{ eventId: other.id }])
})

test('forgetting one search takes back the consent it was made with', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const { id } = (await searchIn(t, visitor, event.id, FACE_SEARCH_WORDING.th.id)).json()
  await searchIn(t, visitor, event.id, FACE_SEARCH_WORDING.th.id)
  await t.app.inject({ method: 'DELETE', url: `/api/face/search/${id}`, headers: visitor.headers })
  const lines = await mine(t, visitor)
  expect(lines.map(({ act, standing }: { act: string; standing: boolean }) => [act, standing])).toEqual([
    ['withdrawn', false],
    ['granted', true],
    ['granted', false],
  ])
})

test('what another person agreed to in the same browser while signed in is theirs, not this visitor’s', async () => {
  await using t = await testApp()
  const [visitor, event, user, stranger] = [
    await t.visitor(),
    await t.event(),
    await t.user('customer'),
    await t.visitor(),
  ]
  await t.signIn(visitor.sessionId, user.id)
  await searchIn(t, visitor, event.id, FACE_SEARCH_WORDING.th.id)

  expect(await mine(t, stranger)).toEqual([])
  expect(await mine(t, visitor)).toHaveLength(1)
  await t.signIn(stranger.sessionId, user.id)
  expect(await mine(t, stranger)).toHaveLength(1)
  await t.db.update(sessions).set({ userId: null }).where(eq(sessions.id, visitor.sessionId))
  expect(await mine(t, visitor)).toEqual([])
})

test('a consent is given only to a wording that is shown now', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const grant = { purpose: 'face_search', eventId: event.id, granted: true }
  for (const wording of [undefined, '2026-11-01', 'x'])
    expect((await change(t, visitor, { ...grant, wording })).json().code).toBe('consent_required')
  expect(await t.db.$count(consents)).toBe(0)
  expect((await change(t, visitor, { ...grant, wording: FACE_SEARCH_WORDING.th.id })).statusCode).toBe(200)
  expect(await mine(t, visitor)).toMatchObject([{ standing: true }])
})
