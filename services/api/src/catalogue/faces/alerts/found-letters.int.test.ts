import { killedAtEach } from '@pix/db/dying-testing.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../testing/test-app.ts'
import { answeredSearch, askFor, byLink, lettersOf, tokenOf } from './alerts-testing.ts'
import { writeFoundLetters } from './write-found-letters.ts'

/** Somebody waits, and a worker has found a new photo. */
async function found(t: TestApp, email: string) {
  const [visitor, event] = [await t.visitor(), await t.event()]
  await askFor(t, visitor, await answeredSearch(t, visitor, event.id), { email, locale: 'en' })
  await byLink(t, 'confirm', await tokenOf(t, email))
  const [alert] = await t.db.select().from(eventAlerts).where(eq(eventAlerts.email, email))
  await t.db.delete(alertFaces).where(eq(alertFaces.alertId, alert!.id))
  await t.db.update(eventAlerts).set({ foundAt: new Date() }).where(eq(eventAlerts.id, alert!.id))
  return event
}

test('the one letter leads to the selfie and names nobody; with it the address is gone', async () => {
  await using t = await testApp()
  const event = await found(t, 'me@test.example')
  await Promise.all([writeFoundLetters(t.system), writeFoundLetters(t.system)])
  await writeFoundLetters(t.system)
  expect(await lettersOf(t, 'face_alert_found')).toMatchObject([
    { locale: 'en', facts: { event: event.nameEn }, secrets: null, path: `/events/${event.slug}/find-me` },
  ])
  expect(await t.db.$count(eventAlerts)).toBe(0)
})

test('the letter leads to the shop where it was asked for', async () => {
  await using t = await testApp()
  const studio = await t.studio({ slug: 'riverside' })
  const [visitor, event] = [await t.visitor(), await t.event({ studioId: studio.id })]
  const headers = { ...visitor.headers, host: 'riverside.shop.test', origin: 'http://riverside.shop.test' }
  const search = await answeredSearch(t, visitor, event.id)
  expect((await askFor(t, { ...visitor, headers }, search)).statusCode).toBe(202)
  await byLink(t, 'confirm', await tokenOf(t))
  await t.db.delete(alertFaces)
  await t.db.update(eventAlerts).set({ foundAt: new Date() })
  await writeFoundLetters(t.system)
  expect(await lettersOf(t, 'face_alert_found')).toMatchObject([{ storefront: 'riverside' }])
})

test('after the sale no letter is written, and the address is gone as well', async () => {
  await using t = await testApp()
  const event = await found(t, 'me@test.example')
  await t.db
    .update(events)
    .set({ salesEnd: new Date(Date.now() - 1_000) })
    .where(eq(events.id, event.id))
  await writeFoundLetters(t.system)
  expect([await lettersOf(t, 'face_alert_found'), await t.db.$count(eventAlerts)]).toEqual([[], 0])
})

test.each(['before', 'after'] as const)(
  'an api that is killed %s any of its statements leaves one letter in the end, never two and never none',
  async sent => {
    await using t = await testApp()
    let [n, email] = [0, 'me-0@test.example']
    await found(t, email)
    const { db } = t
    const url = t.deps.settings.DATABASE_URL
    const write = (on: typeof db) => writeFoundLetters({ ...t.system, db: on })
    const deaths = await killedAtEach({ url, db, sent }, write, async () => {
      await write(db)
      expect(await lettersOf(t, 'face_alert_found', email)).toHaveLength(1)
      expect(await t.db.$count(eventAlerts)).toBe(0)
      n += 1
      email = `me-${n}@test.example`
      await found(t, email)
    })
    expect(deaths).toBeGreaterThan(2)
  },
)
