import { organizers } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSale } from '../../money/payouts/testing.ts'
import { writeOrganizerLetters } from '../../money/revenue/morning/organizer-letters.ts'
import { stopToken } from '../../people/accounts/index.ts'
import { testApp, type TestApp } from '../test-app.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const CHOICES = { morning: true, firstSale: true, refused: true, organized: true, locale: 'th' }

let t: TestApp
let photographerId: string
beforeAll(async () => {
  t = await testApp()
  photographerId = (await t.user('photographer')).id
})
afterAll(() => t[Symbol.asyncDispose]())

const seven = () => Date.parse(`${bangkokDay(t.deps.now())}T07:00:00+07:00`)
const sweep = (at = seven() + 5 * 60_000) => writeOrganizerLetters({ ...t.system, now: () => new Date(at) })
const lettersTo = ({ email }: { email: string }) =>
  t.db.select().from(outgoingMail).where(eq(outgoingMail.recipient, email))
const choose = ({ headers }: { headers: Record<string, string> }, payload: object) =>
  t.app.inject({ method: 'PUT', url: '/api/me/letters', headers, payload })

async function organizer() {
  const user = await t.user('organizer')
  const [club] = await t.db.select().from(organizers).where(eq(organizers.userId, user.id))
  return { ...user, organizerId: club!.id }
}

const sell = async (organizerId: string, nameEn: string, photos: number, at: number) => {
  const event = await t.event({ organizerId, nameEn })
  await addSale(t, { eventId: event.id, photographerId, photos, at: new Date(at) })
}

test('whose events sold something since the morning before gets one letter with the best first, however often it is swept', async () => {
  const [host, none] = [await organizer(), await organizer()]
  // One person may be several organizers.
  const second = t.deps.newId()
  await t.db.insert(organizers).values({ id: second, name: 'Second Club', userId: host.id })
  await choose(host, { ...CHOICES, locale: 'en' })
  await sell(host.organizerId, 'Night Run', 1, seven() - DAY)
  await sell(second, 'Fun Run', 2, seven() - 1)
  await sell(none.organizerId, 'Late Run', 1, seven())
  await sell(none.organizerId, 'Early Run', 1, seven() - DAY - 1)
  await Promise.all([sweep(), sweep()])
  expect(await sweep()).toBe(0)
  const [letter, ...more] = await lettersTo(host)
  expect(more).toEqual([])
  expect(letter).toMatchObject({
    template: 'organizer_morning',
    locale: 'en',
    path: '/organizer/earnings',
    facts: { baht: '฿36', buyers: '1', photos: '3', events: 'Fun Run (฿24), Night Run (฿12)' },
    secrets: { stop: stopToken(t.deps, { userId: host.id, choice: 'organized' }) },
  })
  expect(await lettersTo(none)).toEqual([])
  await sweep(seven() + DAY)
  expect(await lettersTo(none)).toMatchObject([{ facts: { baht: '฿12' } }])
})

test('who chose not to gets no such letter, nor who ended it by its link', async () => {
  const [quiet, ended] = [await organizer(), await organizer()]
  expect((await choose(quiet, { ...CHOICES, organized: false })).statusCode).toBe(200)
  const token = stopToken(t.deps, { userId: ended.id, choice: 'organized' })
  expect((await t.app.inject({ method: 'POST', url: `/api/letters/stop?token=${token}` })).statusCode).toBe(204)
  for (const { organizerId } of [quiet, ended]) await sell(organizerId, 'Run', 1, seven() - HOUR)
  await sweep()
  expect([...(await lettersTo(quiet)), ...(await lettersTo(ended))]).toEqual([])
})
