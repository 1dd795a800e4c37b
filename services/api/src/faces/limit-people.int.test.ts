import { auditEvents } from '@pix/db/schema/audit.ts'
import { consents, searches, searchMatches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testJpeg } from '../images-testing.ts'
import { type TestApp, testApp } from '../testing.ts'
import { photoWithFace, probe, search, selfies, type Visitor } from './testing.ts'

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

test('who is signed in may go on, and every such search is a line for the admin', async () => {
  await using t = await testApp(manySearches)
  const { visitor, event, fifth } = await nosy(t)
  await fifth()
  const member = await t.user('customer')
  const signedIn = { ...visitor, headers: { ...visitor.headers, ...member.headers } }

  expect(await ask(t, signedIn, event.id)).toBe(202)

  expect(await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'faces.many_people'))).toMatchObject([
    { actorId: member.id, subject: `event:${event.id}`, detail: { people: 5 } },
  ])
})
