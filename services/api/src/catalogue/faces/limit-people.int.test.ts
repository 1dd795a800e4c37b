import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { sessions, users } from '@pix/db/schema/auth.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { manyPeople, searchMatches, searches, withdrawnSearches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { testJpeg } from '../../testing/images.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { embedding, MODEL, photoWithFace, probe } from '../../testing/faces.ts'
import { search, selfies, type Visitor } from './testing.ts'

const manySearches = { settings: { LIMIT_SEARCHES_PER_MINUTE: '1000' } }

/** A session that has found five different people in an event, one of them twice. */
async function nosy(t: TestApp) {
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const finds = async (faces: { photo: { id: string }; faceId: string }[]) => {
    const { id } = (await probe(t, visitor, event.id)).json<{ id: string }>()
    for (const { photo, faceId } of faces) {
      const facts = { photoId: photo.id, faceId, distance: 0.1, confidence: 0.99, band: 'sure' as const }
      await t.db.insert(searchMatches).values({ searchId: id, ...facts })
    }
    await t.db.update(searches).set({ state: 'done' }).where(eq(searches.id, id))
  }
  const someone = () => photoWithFace(t, event.id, photographer.id)
  const again = await someone()
  await finds([again])
  await finds([again, await someone()])
  await finds([])
  for (let person = 2; person <= 4; person++) await finds([await someone()])
  return { visitor, event, fifth: async () => finds([await someone()]) }
}

const ask = async (t: TestApp, visitor: Visitor, eventId: string) => (await probe(t, visitor, eventId)).statusCode

test('after five different people the sixth search of a session and event is refused for the day, unread', async () => {
  await using t = await testApp(manySearches)
  const { visitor, event, fifth } = await nosy(t)
  expect(await ask(t, visitor, event.id)).toBe(202)
  await fifth()
  const agreed = await t.db.$count(consents)

  const refused = await search(t, visitor, event.id, await testJpeg(1))
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'too_many_people'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(80_000)
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(86_400)
  expect((await probe(t, visitor, event.id)).json().code).toBe('too_many_people')
  expect(await t.db.$count(consents)).toBe(agreed)
  expect(await selfies(t)).toEqual([])

  expect(await ask(t, await t.visitor(), event.id)).toBe(202)
  expect(await ask(t, visitor, (await t.event()).id)).toBe(202)
  t.forward(86_400_000)
  expect(await ask(t, visitor, event.id)).toBe(202)
})

test('who is signed in with a verified address may go on, and every such search is a line for the admin', async () => {
  await using t = await testApp(manySearches)
  const { visitor, event, fifth } = await nosy(t)
  await fifth()
  const member = await t.user('customer')
  const signedIn = { ...visitor, headers: { ...visitor.headers, ...member.headers } }

  expect(await ask(t, signedIn, event.id)).toBe(202)

  expect(await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'faces.many_people'))).toMatchObject([
    { actorId: member.id, subject: `event:${event.id}`, detail: { people: 5 } },
  ])
  // The next one joins the line, until an admin has seen it.
  expect(await ask(t, signedIn, event.id)).toBe(202)
  const line = { eventId: event.id, userId: member.id, people: 5, seenAt: null }
  expect(await t.db.select().from(manyPeople)).toMatchObject([{ ...line, searches: 2 }])
  await t.db.update(manyPeople).set({ seenAt: t.deps.now() })
  expect(await ask(t, signedIn, event.id)).toBe(202)
  expect(await t.db.$count(manyPeople)).toBe(2)
})

test('an account goes no further than a guest until it has verified its address', async () => {
  await using t = await testApp(manySearches)
  const { visitor, event, fifth } = await nosy(t)
  await fifth()
  const member = await t.user('customer', { emailVerifiedAt: null })
  const signedIn = { ...visitor, headers: { ...visitor.headers, ...member.headers } }
  expect((await probe(t, signedIn, event.id)).json().code).toBe('too_many_people')
  expect(await t.db.$count(manyPeople)).toBe(0)
  await t.db.update(users).set({ emailVerifiedAt: t.deps.now() }).where(eq(users.id, member.id))
  expect(await ask(t, signedIn, event.id)).toBe(202)
})

test('the result of a refused search is shown to its browser once it is signed in', async () => {
  await using t = await testApp({ settings: { LIMIT_PEOPLE_PER_DAY: '1' } })
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const [first, second] = [await begin(t, visitor, event.id), await begin(t, visitor, event.id)]
  for (const id of [first, second]) await answer(t, id, await photoWithFace(t, event.id, photographer.id))
  expect((await results(t, visitor, second)).json().code).toBe('too_many_people')
  const around = await t.app.inject({ url: `/api/face/search/${second}/around`, headers: visitor.headers })
  expect(around.json().code).toBe('too_many_people')
  const [unverified, member] = [await t.user('customer', { emailVerifiedAt: null }), await t.user('customer')]
  const as = ({ headers }: typeof member) => ({ ...visitor, headers: { ...visitor.headers, ...headers } })
  expect((await results(t, as(unverified), second)).json().code).toBe('too_many_people')
  expect((await results(t, as(member), second)).json().items).toHaveLength(1)
})

const forget = (t: TestApp, { headers }: Visitor, id: string) =>
  t.app.inject({ method: 'DELETE', url: `/api/face/search/${id}`, headers })

const results = (t: TestApp, { headers }: Visitor, id: string) =>
  t.app.inject({ url: `/api/face/search/${id}/results`, headers })

type Face = Awaited<ReturnType<typeof photoWithFace>>

/** What the worker does: this search found this face. */
async function answer(t: TestApp, id: string, { photo, faceId }: Face) {
  const facts = { photoId: photo.id, faceId, distance: 0.1, confidence: 0.99, band: 'sure' as const }
  await t.db.insert(searchMatches).values({ searchId: id, ...facts })
  await t.db.update(searches).set({ state: 'done' }).where(eq(searches.id, id))
}

const begin = async (t: TestApp, visitor: Visitor, eventId: string) =>
  (await probe(t, visitor, eventId)).json<{ id: string }>().id

test('a search that was withdrawn goes on counting for its day, without what it found', async () => {
  await using t = await testApp(manySearches)
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  for (let person = 0; person < 5; person++) {
    const id = await begin(t, visitor, event.id)
    await answer(t, id, await photoWithFace(t, event.id, photographer.id))
    expect((await forget(t, visitor, id)).statusCode).toBe(204)
  }

  const refused = await probe(t, visitor, event.id)
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'too_many_people'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(80_000)
  expect(await t.db.$count(searches)).toBe(0)
  expect(Object.keys((await t.db.select().from(withdrawnSearches))[0]!)).toEqual([
    'id',
    'sessionId',
    'eventId',
    'createdAt',
  ])

  expect(await ask(t, visitor, (await t.event()).id)).toBe(202)
  expect(await ask(t, await t.visitor(), event.id)).toBe(202)
  t.forward(86_400_000)
  expect(await ask(t, visitor, event.id)).toBe(202)
})

test('the same person asked for again after withdrawing counts again; a search that found nobody leaves nothing', async () => {
  await using t = await testApp(manySearches)
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  for (let time = 0; time < 6; time++) await forget(t, visitor, await begin(t, visitor, event.id))
  expect(await t.db.select().from(withdrawnSearches)).toEqual([])

  const me = await photoWithFace(t, event.id, photographer.id)
  for (let time = 0; time < 4; time++) {
    const id = await begin(t, visitor, event.id)
    await answer(t, id, me)
    await forget(t, visitor, id)
  }
  const fifth = await begin(t, visitor, event.id)
  await answer(t, fifth, me)
  expect((await results(t, visitor, fifth)).statusCode).toBe(200)
  expect(await ask(t, visitor, event.id)).toBe(429)
})

test('of searches sent together the results of five people are shown, the others are not, also when the first are withdrawn', async () => {
  await using t = await testApp(manySearches)
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const ids = await Promise.all(Array.from({ length: 8 }, () => begin(t, visitor, event.id)))
  const inOrder = ids.toSorted()
  for (const id of inOrder) await answer(t, id, await photoWithFace(t, event.id, photographer.id))

  const readStatuses = async () => Promise.all(inOrder.map(async id => (await results(t, visitor, id)).statusCode))
  expect(await readStatuses()).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  expect((await results(t, visitor, inOrder[7]!)).json().code).toBe('too_many_people')
  const [unapplied] = await t.db.select().from(searchMatches).where(eq(searchMatches.searchId, inOrder[7]!))
  const guess = await t.app.inject({
    method: 'POST',
    url: '/api/face/feedback',
    payload: { searchId: inOrder[7], photoId: unapplied!.photoId, isMe: true },
    headers: visitor.headers,
  })
  expect([guess.statusCode, guess.json().code]).toEqual([429, 'too_many_people'])

  for (const id of inOrder.slice(0, 5)) await forget(t, visitor, id)
  expect((await readStatuses()).slice(5)).toEqual([429, 429, 429])
})

test('the results of searches for one person are all shown, however many are sent together; so are those of a signed-in person', async () => {
  await using t = await testApp(manySearches)
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const me = await photoWithFace(t, event.id, photographer.id)
  const mine = await Promise.all(Array.from({ length: 8 }, () => begin(t, visitor, event.id)))
  for (const id of mine) await answer(t, id, me)
  for (const id of mine) expect((await results(t, visitor, id)).statusCode).toBe(200)

  const guest = await t.visitor()
  const member = { ...guest, headers: { ...guest.headers, ...(await t.user('customer')).headers } }
  const theirs = await Promise.all(Array.from({ length: 7 }, () => begin(t, member, event.id)))
  for (const id of theirs) await answer(t, id, await photoWithFace(t, event.id, photographer.id))
  for (const id of theirs) expect((await results(t, guest, id)).statusCode).toBe(200)
})

test('how many people a session may find in an event is a setting', async () => {
  await using t = await testApp({ settings: { LIMIT_PEOPLE_PER_DAY: '1' } })
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  const id = await begin(t, visitor, event.id)
  await answer(t, id, await photoWithFace(t, event.id, photographer.id))
  expect(await ask(t, visitor, event.id)).toBe(429)
})

describe('a network of young sessions', () => {
  const three = { settings: { LIMIT_SEARCHES_PER_MINUTE: '1000', LIMIT_IP_PEOPLE_PER_HOUR: '3' } }
  const NETWORK = '198.51.100.7'

  /** A visitor there, who never had a cookie before, asks for somebody. */
  async function askFor(t: TestApp, eventId: string, face: Face, visitor?: Visitor, what = 'results') {
    const someone = visitor ?? (await t.visitor())
    const id = await begin(t, someone, eventId)
    await answer(t, id, face)
    const url = `/api/face/search/${id}/${what}`
    return (await t.app.inject({ url, headers: someone.headers, remoteAddress: NETWORK })).statusCode
  }

  const askThere = (t: TestApp, { headers }: { headers: Record<string, string> }, eventId: string) =>
    t.app.inject({
      method: 'POST',
      url: '/api/face/search/embedding',
      headers,
      payload: { eventId, consent: FACE_SEARCH_CONSENT.th, modelVersion: MODEL, embedding, quality: 0.9 },
      remoteAddress: NETWORK,
    })

  test('may find so many people an hour, however often it throws its cookie away', async () => {
    await using t = await testApp(three)
    t.hold()
    const [event, photographer] = [await t.event(), await t.user('photographer')]
    const someone = () => photoWithFace(t, event.id, photographer.id)
    const old = await t.visitor()
    const hourAgo = new Date(t.deps.now().getTime() - 3_600_000)
    await t.db.update(sessions).set({ createdAt: hourAgo }).where(eq(sessions.id, old.sessionId))
    const [visitor, me] = [await t.visitor(), await someone()]
    for (let time = 0; time < 4; time++) expect(await askFor(t, event.id, me, visitor)).toBe(200)
    for (const what of ['results', 'around'])
      expect(await askFor(t, event.id, await someone(), undefined, what)).toBe(200)
    for (const what of ['around', 'results'])
      expect(await askFor(t, event.id, await someone(), undefined, what)).toBe(429)

    const refused = await askThere(t, await t.visitor(), event.id)
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too_many_people'])
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(3_600)
    const member = await t.user('customer')
    const signedIn = { headers: { ...(await t.visitor()).headers, ...member.headers } }
    for (const passes of [old, signedIn]) expect((await askThere(t, passes, event.id)).statusCode).toBe(202)
    expect(await ask(t, await t.visitor(), event.id)).toBe(202)
    t.forward(3_600_000)
    expect((await askThere(t, await t.visitor(), event.id)).statusCode).toBe(202)
  })

  test('finds no more when all ask at once', async () => {
    await using t = await testApp(three)
    t.hold()
    const [event, photographer] = [await t.event(), await t.user('photographer')]
    const faces = []
    for (let person = 0; person < 8; person++) faces.push(await photoWithFace(t, event.id, photographer.id))

    const statuses = await Promise.all(faces.map(face => askFor(t, event.id, face)))

    expect(statuses.filter(status => status === 200)).toHaveLength(3)
  })
})
