import { auditEvents } from '@pix/db/schema/audit.ts'
import { events, organizers } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { browserOf, GOOD_PASSWORD, letterTo, newcomer } from '../../../testing/accounts.ts'
import { insertInvitation } from '../../../testing/invitations.ts'
import { testApp, type TestApp } from '../../../testing/test-app.ts'

type Sender = { headers: Record<string, string> }
const send = (t: TestApp, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, by: Sender, payload?: object) =>
  t.app.inject({ method, url: `/api${url}`, headers: by.headers, ...(payload && { payload }) })
const invite = (t: TestApp, eventId: string, by: Sender, fields: object) =>
  send(t, 'POST', `/events/${eventId}/invitations`, by, { as: 'photographer', locale: 'th', ...fields })
const crew = async (t: TestApp, eventId: string, by: Sender) =>
  (await send(t, 'GET', `/events/${eventId}/crew`, by)).json()
const accept = (t: TestApp, by: Sender, token: string) => send(t, 'POST', '/invitations/accept', by, { token })

async function organizedEvent(t: TestApp, studioId: string) {
  const organizer = await t.user('organizer')
  const [row] = await t.db.select().from(organizers).where(eq(organizers.userId, organizer.id))
  return { organizer, event: await t.event({ studioId, organizerId: row!.id }) }
}

test('an invited photographer with a new account may upload to that event and to no other', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const manager = await t.member(studio.id, 'manager')
  const [event, other] = [
    await t.event({ studioId: studio.id, status: 'open' }),
    await t.event({ studioId: studio.id }),
  ]
  const email = newcomer(t)
  const sent = await invite(t, event.id, manager, { email, trusted: true })
  expect(sent.json()).toMatchObject({ email, as: 'photographer' })
  const { token, template, facts } = await letterTo(t, email)
  expect([template, facts]).toEqual(['photographer_invitation', { studio: studio.nameTh, event: event.nameTh }])
  const made = await browserOf(t).post('/invitations/register', { token, name: 'เล็ก', password: GOOD_PASSWORD })
  expect(made.json().user).toMatchObject({ isPhotographer: true, memberships: [] })

  const photographer = { headers: { authorization: `Bearer ${made.json().accessToken}` } }
  const list = (id: string) => send(t, 'GET', `/events/${id}/photos/crew`, photographer)
  expect([(await list(event.id)).statusCode, (await list(other.id)).statusCode]).toEqual([200, 404])
  expect((await crew(t, event.id, manager)).items).toMatchObject([{ email, name: 'เล็ก', trusted: true }])
  expect((await send(t, 'GET', `/events/${event.id}/invitations`, manager)).json().items).toEqual([])
})

test('an organizer invites photographers of their event, and nobody else to anything else', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const { organizer, event } = await organizedEvent(t, studio.id)
  const other = await t.event({ studioId: studio.id })
  const email = newcomer(t)
  const sent = await invite(t, event.id, organizer, { email })
  expect(sent.statusCode).toBe(200)
  for (const fields of [{ as: 'organizer' }, { trusted: true }])
    expect((await invite(t, event.id, organizer, { email: newcomer(t), ...fields })).json().code).toBe('forbidden')
  expect((await invite(t, other.id, organizer, { email })).statusCode).toBe(404)
  expect(await crew(t, event.id, organizer)).toMatchObject({ mayInvite: ['photographer'], mayChange: false })

  const trusted = await insertInvitation(t, {
    studioId: studio.id,
    email: newcomer(t),
    event: { id: event.id, as: 'photographer', trusted: true },
  })
  const place = `/events/${event.id}/invitations`
  expect((await send(t, 'DELETE', `${place}/${trusted.id}`, organizer)).statusCode).toBe(403)
  expect((await send(t, 'POST', `${place}/${sent.json().id}/resend`, organizer, { locale: 'th' })).statusCode).toBe(200)
  expect((await send(t, 'DELETE', `${place}/${sent.json().id}`, organizer)).statusCode).toBe(204)
})

test('a person who accepts as organizer gets the event; with another organizer there it is refused', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const manager = await t.member(studio.id, 'manager')
  const event = await t.event({ studioId: studio.id })
  const [first, second] = [await t.user('customer'), await t.user('customer')]
  for (const { email } of [first, second])
    expect((await invite(t, event.id, manager, { email, as: 'organizer' })).statusCode).toBe(200)
  const token = async (email: string) => (await letterTo(t, email)).token
  expect((await accept(t, first, await token(first.email))).json()).toMatchObject({
    as: 'organizer',
    event: { id: event.id },
  })
  expect((await accept(t, second, await token(second.email))).json().code).toBe('organizer_taken')
  expect((await crew(t, event.id, first)).organizer).toEqual({ name: first.name, email: first.email })
  for (const [email, code] of [
    [first.email, 'already_member'],
    [newcomer(t), 'organizer_taken'],
  ])
    expect((await invite(t, event.id, manager, { email, as: 'organizer' })).json().code).toBe(code)
  expect((await send(t, 'DELETE', `/events/${event.id}/organizer`, manager)).statusCode).toBe(204)
  expect((await send(t, 'GET', `/events/${event.id}/crew`, first)).statusCode).toBe(404)
  expect((await accept(t, second, await token(second.email))).statusCode).toBe(200)
})

test('who is invited for an organizer without an account acts for it, unless another studio names it too', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  for (const isShared of [false, true]) {
    const organizerId = t.deps.newId()
    await t.db.insert(organizers).values({ id: organizerId, name: 'Run Club' })
    const event = await t.event({ studioId: studio.id, organizerId })
    if (isShared) await t.event({ organizerId })
    const person = await t.user('customer')
    const asked = { studioId: studio.id, email: person.email, event: { id: event.id, as: 'organizer' as const } }
    const { token } = await insertInvitation(t, asked)
    expect((await accept(t, person, token)).statusCode).toBe(isShared ? 409 : 200)
    const [row] = await t.db.select().from(organizers).where(eq(organizers.id, organizerId))
    expect(row!.userId).toBe(isShared ? null : person.id)
  }
})

test('a manager trusts and removes photographers, and puts members of the studio on the event without a letter', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [manager, member] = [await t.member(studio.id, 'manager'), await t.member(studio.id, 'photographer')]
  const event = await t.event({ studioId: studio.id })
  const put = (userId: string, trusted: boolean) =>
    send(t, 'PUT', `/events/${event.id}/photographers/${userId}`, manager, { trusted })
  const stranger = await t.user('photographer')
  expect((await put(stranger.id, false)).statusCode).toBe(404)
  for (const trusted of [false, true, true, false])
    expect((await put(member.id, trusted)).json()).toMatchObject({ userId: member.id, trusted })
  const gone = () => send(t, 'DELETE', `/events/${event.id}/photographers/${member.id}`, manager)
  expect([(await gone()).statusCode, (await gone()).statusCode]).toEqual([204, 404])
  const recorded = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(recorded.map(({ action, before, after }) => [action, before, after])).toEqual([
    ['event.join', null, { trusted: false }],
    ['event.trust', { trusted: false }, { trusted: true }],
    ['event.trust', { trusted: true }, { trusted: false }],
    ['event.remove_crew', { as: 'photographer', trusted: false }, null],
  ])
})

test('an invitation to an event that is gone opens nothing', async () => {
  await using t = await testApp()
  const [event, person] = [await t.event(), await t.user('customer')]
  const asked = { studioId: event.studioId, email: person.email, event: { id: event.id, as: 'photographer' as const } }
  const { token } = await insertInvitation(t, asked)
  await t.db.update(events).set({ removedAt: new Date() }).where(eq(events.id, event.id))
  expect((await accept(t, person, token)).json().code).toBe('link_used_up')
})
