import { auditEvents } from '@pix/db/schema/audit.ts'
import { eventAlerts } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import type { LetterTemplate } from '@pix/domain/letters.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../testing/test-app.ts'

type Headers = Record<string, string>

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())

const post = (url: string, payload: object | undefined, headers: Headers) =>
  t.app.inject({ method: 'POST', url: `/api/${url}`, ...(payload && { payload }), headers })

const ask = (eventId: string, email: string, headers: Headers, locale = 'th') =>
  post(`events/${eventId}/alerts`, { email, locale }, headers)

const lettersTo = (recipient: string, template: LetterTemplate) =>
  t.db
    .select()
    .from(outgoingMail)
    .where(and(eq(outgoingMail.recipient, recipient), eq(outgoingMail.template, template)))

const tokenOf = async (email: string) =>
  (await lettersTo(email, 'event_alert_confirm')).toSorted((a, b) => +a.createdAt - +b.createdAt).at(-1)!.secrets![
    'token'
  ]!

const shopsOf = async (email: string) => (await lettersTo(email, 'event_announced')).map(letter => letter.storefront)

const alertsOf = (eventId: string) => t.db.select().from(eventAlerts).where(eq(eventAlerts.eventId, eventId))

/** An event with a photo on sale. */
async function scene() {
  const event = await t.event()
  await t.photo(event.id, (await t.user('photographer')).id)
  return { event, admin: await t.user('admin'), visitor: await t.visitor() }
}

test('an address gets one letter, after its reader confirmed it, in its language, and is deleted then', async () => {
  const { event, admin, visitor } = await scene()
  const email = 'reader@test.example'
  expect((await ask(event.id, ' Reader@Test.Example', visitor.headers, 'en')).json()).toEqual({ confirmed: false })
  const early = (await post(`events/${event.id}/announce`, undefined, admin.headers)).json()
  expect([early, await lettersTo(email, 'event_announced')]).toEqual([{ notified: 0 }, []])

  const token = await tokenOf(email)
  const look = await post('event-alerts/look', { token }, {})
  expect(look.json()).toMatchObject({ event: { slug: event.slug }, confirmed: false })
  for (let twice = 0; twice < 2; twice++)
    expect((await post('event-alerts/confirm', { token }, {})).statusCode).toBe(204)
  const shown = await t.app.inject({ url: `/api/events/${event.id}/announcement`, headers: admin.headers })
  expect(shown.json()).toMatchObject({ waiting: 1, unconfirmed: 0, notified: 0, possible: true })
  expect(shown.json().letters.en.text).toContain(`/events/${event.slug}`)

  const both = await Promise.all([1, 2].map(() => post(`events/${event.id}/announce`, undefined, admin.headers)))
  expect(both.map(answer => answer.json<{ notified: number }>().notified).toSorted()).toEqual([0, 1])
  const letters = await lettersTo(email, 'event_announced')
  expect(letters).toMatchObject([{ locale: 'en', facts: { event: event.nameEn }, path: `/events/${event.slug}` }])
  expect(await alertsOf(event.id)).toMatchObject([{ email: null }])
  expect((await post('event-alerts/look', { token }, {})).statusCode).toBe(410)
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, `event:${event.id}`))
  expect(lines).toMatchObject([{ action: 'event.announce', after: { notified: 1 } }])
})

test('letters lead to the shop where each reader asked, and the preview to the one where most did', async () => {
  const studio = await t.studio({ slug: 'riverside' })
  const event = await t.event({ studioId: studio.id })
  await t.photo(event.id, (await t.user('photographer')).id)
  const [admin, visitor] = [await t.user('admin'), await t.visitor()]
  const atStudio = { ...visitor.headers, host: 'riverside.shop.test', origin: 'http://riverside.shop.test' }
  for (const [email, headers] of [
    ['market@test.example', visitor.headers],
    ['one@river.example', atStudio],
    ['two@river.example', atStudio],
  ] as const) {
    expect((await ask(event.id, email, headers)).statusCode).toBe(202)
    await post('event-alerts/confirm', { token: await tokenOf(email) }, {})
  }
  const url = `/api/events/${event.id}/announcement`
  const shown = (await t.app.inject({ url, headers: admin.headers })).json()
  expect(shown.shops).toEqual([
    { origin: 'http://riverside.shop.test', waiting: 2 },
    { origin: 'http://shop.test', waiting: 1 },
  ])
  for (const letter of [shown.letters.th, shown.letters.en])
    expect(letter.text).toContain(`http://riverside.shop.test/events/${event.slug}`)
  expect((await post(`events/${event.id}/announce`, undefined, admin.headers)).json()).toEqual({ notified: 3 })
  expect(await shopsOf('market@test.example')).toEqual([null])
  expect(await shopsOf('two@river.example')).toEqual(['riverside'])
})

test('known and unknown addresses are answered alike, and a confirmed alert gets no further letter', async () => {
  const { event, visitor } = await scene()
  const email = 'known@test.example'
  const first = await ask(event.id, email, visitor.headers)
  await post('event-alerts/confirm', { token: await tokenOf(email) }, {})
  const again = await ask(event.id, email, visitor.headers)
  expect([again.statusCode, again.json()]).toEqual([first.statusCode, first.json()])
  expect(await lettersTo(email, 'event_alert_confirm')).toHaveLength(1)
  expect(await alertsOf(event.id)).toHaveLength(1)
})

test('the link withdraws an alert, before and after it was confirmed; a signed-in person needs no letter', async () => {
  const { event, visitor } = await scene()
  for (const [email, confirms] of [
    ['one@test.example', false],
    ['two@test.example', true],
  ] as const) {
    await ask(event.id, email, visitor.headers)
    const token = await tokenOf(email)
    if (confirms) await post('event-alerts/confirm', { token }, {})
    expect((await post('event-alerts/withdraw', { token }, {})).statusCode).toBe(204)
    expect((await post('event-alerts/confirm', { token }, {})).statusCode).toBe(410)
  }
  expect(await alertsOf(event.id)).toEqual([])
  const user = await t.user('customer')
  const signedIn = await t.visitor(user)
  expect((await ask(event.id, user.email, signedIn.headers)).json()).toEqual({ confirmed: true })
  expect(await lettersTo(user.email, 'event_alert_confirm')).toEqual([])
  expect(await alertsOf(event.id)).toMatchObject([{ email: user.email, confirmedAt: expect.any(Date) }])
})

test('nobody gets a letter about an event that shows no photo, and its staff alone announce', async () => {
  const empty = await t.event()
  const admin = await t.user('admin')
  const answer = await post(`events/${empty.id}/announce`, undefined, admin.headers)
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'illegal_state'])
  const hidden = await t.event({ visibility: 'code' })
  const visitor = await t.visitor()
  for (const { id } of [hidden, await t.event({ status: 'closed' })])
    expect((await ask(id, 'x@test.example', visitor.headers)).statusCode).toBe(404)
  const other = await t.member((await t.studio()).id, 'owner')
  expect((await post(`events/${empty.id}/announce`, undefined, other.headers)).statusCode).toBe(404)
})

test('letters that people make us send to one address are bounded', async () => {
  const visitor = await t.visitor()
  const answers: number[] = []
  for (let sent = 0; sent < 7; sent++) {
    const event = await t.event()
    answers.push((await ask(event.id, 'many@test.example', visitor.headers)).statusCode)
  }
  expect(answers).toEqual([202, 202, 202, 202, 202, 429, 429])
})
