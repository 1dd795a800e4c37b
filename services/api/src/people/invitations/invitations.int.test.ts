import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { studioInvitations } from '@pix/db/schema/invitations.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { browserOf, GOOD_PASSWORD, hashPassword, letters, letterTo, newcomer } from '../../testing/accounts.ts'
import { insertInvitation } from '../../testing/invitations.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'

const DAY = 86_400_000
type Sender = { headers: Record<string, string> }

const send = (t: TestApp, method: 'GET' | 'POST' | 'DELETE', url: string, by: Sender, payload?: object) =>
  t.app.inject({ method, url: `/api${url}`, headers: by.headers, ...(payload && { payload }) })
const invite = (t: TestApp, studioId: string, by: Sender, fields: object) =>
  send(t, 'POST', `/studios/${studioId}/invitations`, by, { role: 'sales', locale: 'en', ...fields })
const accept = (t: TestApp, by: Sender, token: string) => send(t, 'POST', '/invitations/accept', by, { token })
const registration = (token: string) => ({ token, name: 'Mary Poppins', password: GOOD_PASSWORD })
const placeOf = async (t: TestApp, studioId: string, userId: string) =>
  (
    await t.db
      .select()
      .from(studioMembers)
      .where(and(eq(studioMembers.studioId, studioId), eq(studioMembers.userId, userId)))
  )[0]?.role

async function studioWithOwner(t: TestApp, more: Partial<typeof studios.$inferInsert> = {}) {
  const studio = await t.studio(more)
  return { studio, owner: await t.member(studio.id, 'owner') }
}

test('an invitation is good for seven days', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const email = newcomer(t)
  t.hold()
  await invite(t, studio.id, owner, { email })
  const { token } = await letterTo(t, email)
  const look = () => browserOf(t).post('/invitations/look', { token })
  t.forward(7 * DAY - 1_000)
  expect((await look()).statusCode).toBe(200)
  t.forward(1_001)
  expect((await look()).json().code).toBe('link_used_up')
})

test("an invitation's link makes an account whose address is verified, gives it the place, and signs in", async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const email = newcomer(t)
  const invited = await invite(t, studio.id, owner, { email: email.toUpperCase(), role: 'manager' })
  expect(invited.json()).toMatchObject({ email, as: 'manager' })

  const { token, template, locale, path } = await letterTo(t, email)
  expect([template, locale, path]).toEqual(['studio_invitation', 'en', '/invitation'])
  expect(JSON.stringify(await t.db.select().from(studioInvitations))).not.toContain(token)
  const browser = browserOf(t)
  const seen = await browser.post('/invitations/look', { token })
  expect(seen.json()).toMatchObject({ email, as: 'manager', event: null, hasAccount: false, studio: { id: studio.id } })

  const weak = await browser.post('/invitations/register', { ...registration(token), password: 'password1234' })
  expect(weak.json().code).toBe('password_common')
  const made = await browser.post('/invitations/register', registration(token))
  expect(made.json().user).toMatchObject({
    email,
    emailVerified: true,
    memberships: [{ role: 'manager', studio: { id: studio.id } }],
  })
  const headers = { authorization: `Bearer ${made.json().accessToken}` }
  expect((await t.app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(200)
  expect((await browser.post('/auth/refresh')).statusCode).toBe(200)
  const recorded = await t.db.select().from(auditEvents).orderBy(auditEvents.id)
  expect(recorded.map(({ action, studioId }) => [action, studioId])).toEqual([
    ['member.invite', studio.id],
    ['member.join', studio.id],
  ])
})

test('who has an account signs in and joins by a button; looking uses nothing up', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const known = await t.user('customer')
  await invite(t, studio.id, owner, { email: known.email })
  const { token } = await letterTo(t, known.email)
  for (let i = 0; i < 3; i++) {
    const seen = await browserOf(t).post('/invitations/look', { token })
    expect(seen.json().hasAccount).toBe(true)
  }
  expect((await browserOf(t).post('/invitations/register', registration(token))).json().code).toBe('account_exists')
  expect((await accept(t, { headers: {} }, token)).statusCode).toBe(401)
  expect((await accept(t, known, token)).json()).toMatchObject({ as: 'sales', studio: { slug: studio.slug } })
  expect(await placeOf(t, studio.id, known.id)).toBe('sales')
})

test('the inviter is answered alike for addresses with an account and without', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const shapes = []
  for (const email of [(await t.user('customer')).email, (await t.user('admin')).email, newcomer(t)]) {
    const answer = await invite(t, studio.id, owner, { email })
    const { id: _, email: sent, ...rest } = answer.json()
    expect(sent).toBe(email)
    shapes.push([answer.statusCode, Object.keys(rest), (await letterTo(t, email)).template])
  }
  expect(new Set(shapes.map(shape => JSON.stringify(shape))).size).toBe(1)
})

test('a link that was used, has expired, was taken back or replaced opens nothing', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const refuse = async (token: string, by: Sender) => {
    expect((await browserOf(t).post('/invitations/look', { token })).json().code).toBe('link_used_up')
    expect((await browserOf(t).post('/invitations/register', registration(token))).statusCode).toBe(410)
    expect((await accept(t, by, token)).json().code).toBe('link_used_up')
  }
  const used = await t.user('customer')
  await invite(t, studio.id, owner, { email: used.email })
  const first = (await letterTo(t, used.email)).token
  expect((await accept(t, used, first)).statusCode).toBe(200)
  await refuse(first, used)

  const person = await t.user('customer')
  const sent = (await invite(t, studio.id, owner, { email: person.email })).json()
  const second = (await letterTo(t, person.email)).token
  const place = `/studios/${studio.id}/invitations/${sent.id}`
  expect((await send(t, 'POST', `${place}/resend`, owner, { locale: 'th' })).json().id).toBe(sent.id)
  const third = (await letterTo(t, person.email)).token
  expect(third).not.toBe(second)
  await refuse(second, person)
  expect((await send(t, 'DELETE', place, owner)).statusCode).toBe(204)
  await refuse(third, person)
  for (const answer of [
    await send(t, 'DELETE', place, owner),
    await send(t, 'POST', `${place}/resend`, owner, { locale: 'th' }),
  ])
    expect(answer.statusCode).toBe(404)

  await invite(t, studio.id, owner, { email: person.email })
  const fourth = (await letterTo(t, person.email)).token
  const [open] = await t.db.select().from(studioInvitations).where(eq(studioInvitations.email, person.email))
  expect(open!.expiresAt.getTime() - t.deps.now().getTime()).toBeGreaterThan(6.9 * DAY)
  await t.db.update(studioInvitations).set({ expiresAt: new Date() })
  await refuse(fourth, person)
  await refuse('none of ours', person)
})

test('somebody signed in with another address is refused, and the invitation stays good', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const [invited, other] = [await t.user('customer'), await t.user('customer')]
  await invite(t, studio.id, owner, { email: invited.email })
  const { token } = await letterTo(t, invited.email)
  expect((await accept(t, other, token)).json().code).toBe('invitation_for_another')
  expect(await placeOf(t, studio.id, other.id)).toBeUndefined()
  expect((await accept(t, invited, token)).statusCode).toBe(200)
})

test('of two who accept one invitation at once, one joins', async () => {
  await using t = await testApp()
  const { studio } = await studioWithOwner(t)
  const email = newcomer(t)
  const { token } = await insertInvitation(t, { studioId: studio.id, email, role: 'sales' })
  const tries = [1, 2, 3].map(() => browserOf(t).post('/invitations/register', registration(token)))
  const answers = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(answers.toSorted()).toEqual([200, 410, 410])
  expect(await t.db.$count(users, eq(users.email, email))).toBe(1)
  const recorded = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'member.join'))
  expect(recorded).toHaveLength(1)
})

test('an account that nobody verified becomes the one of who reads its mail: earlier sign-ins end', async () => {
  await using t = await testApp()
  const { studio } = await studioWithOwner(t)
  const passwordHash = await hashPassword('what a stranger chose')
  const squatter = await t.user('customer', { emailVerifiedAt: null, passwordHash })
  const theirs = browserOf(t, { network: '198.51.100.1' })
  const before = { email: squatter.email, password: 'what a stranger chose' }
  expect((await theirs.post('/auth/login', before)).statusCode).toBe(200)

  const { token } = await insertInvitation(t, { studioId: studio.id, email: squatter.email, role: 'owner' })
  expect((await browserOf(t).post('/invitations/register', registration(token))).statusCode).toBe(200)
  expect((await theirs.post('/auth/refresh')).statusCode).toBe(401)
  expect((await theirs.post('/auth/login', before)).statusCode).toBe(401)
  expect((await t.app.inject({ url: '/api/auth/me', headers: squatter.headers })).statusCode).toBe(401)
})

test('a suspended or closed studio neither invites nor is joined', async () => {
  await using t = await testApp()
  for (const status of ['suspended', 'closed'] as const) {
    const { studio, owner } = await studioWithOwner(t)
    const person = await t.user('customer')
    const sent = (await invite(t, studio.id, owner, { email: person.email })).json()
    const { token } = await letterTo(t, person.email)
    await t.db.update(studios).set({ status }).where(eq(studios.id, studio.id))
    const place = `/studios/${studio.id}/invitations`
    for (const answer of [
      await invite(t, studio.id, owner, { email: newcomer(t) }),
      await send(t, 'POST', `${place}/${sent.id}/resend`, owner, { locale: 'th' }),
      await browserOf(t).post('/invitations/look', { token }),
      await browserOf(t).post('/invitations/register', registration(token)),
      await accept(t, person, token),
    ])
      expect([answer.statusCode, answer.json().code]).toEqual([409, 'studio_closed'])
    expect((await send(t, 'DELETE', `${place}/${sent.id}`, owner)).statusCode).toBe(204)
  }
})

test('a manager invites to places below their own, and touches no invitation to others', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const manager = await t.member(studio.id, 'manager')
  for (const role of ['owner', 'manager'])
    expect((await invite(t, studio.id, manager, { email: newcomer(t), role })).json().code).toBe('forbidden')
  for (const role of ['sales', 'photographer'])
    expect((await invite(t, studio.id, manager, { email: newcomer(t), role })).statusCode).toBe(200)

  const email = newcomer(t)
  const sent = (await invite(t, studio.id, owner, { email, role: 'owner' })).json()
  const { token } = await letterTo(t, email)
  const place = `/studios/${studio.id}/invitations/${sent.id}`
  for (const answer of [
    await send(t, 'DELETE', place, manager),
    await send(t, 'POST', `${place}/resend`, manager, { locale: 'th' }),
    await invite(t, studio.id, manager, { email, role: 'sales' }),
  ])
    expect(answer.json().code).toBe('forbidden')
  expect((await browserOf(t).post('/invitations/register', registration(token))).statusCode).toBe(200)
  const stranger = await t.member((await t.studio()).id, 'owner')
  expect((await invite(t, studio.id, stranger, { email: newcomer(t) })).statusCode).toBe(404)
})

test('a member is not invited again, and one who joined meanwhile keeps their place', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const manager = await t.member(studio.id, 'manager')
  expect((await invite(t, studio.id, owner, { email: manager.email, role: 'sales' })).json().code).toBe(
    'already_member',
  )
  const { token } = await insertInvitation(t, { studioId: studio.id, email: manager.email, role: 'sales' })
  expect((await accept(t, manager, token)).statusCode).toBe(200)
  expect(await placeOf(t, studio.id, manager.id)).toBe('manager')
})

test('an address has one open invitation to a studio, and five letters an hour', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const email = newcomer(t)
  const both = await Promise.all([1, 2].map(() => invite(t, studio.id, owner, { email })))
  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  const list = await send(t, 'GET', `/studios/${studio.id}/invitations`, owner)
  expect(list.json().items).toHaveLength(1)
  for (let i = 0; i < 3; i++) expect((await invite(t, studio.id, owner, { email })).statusCode).toBe(200)
  expect((await invite(t, studio.id, owner, { email })).statusCode).toBe(429)
  expect((await letters(t)).filter(({ recipient }) => recipient === email)).toHaveLength(5)
})

test('open invitations are listed newest first, page by page', async () => {
  await using t = await testApp()
  const { studio, owner } = await studioWithOwner(t)
  const sent: string[] = []
  for (let i = 0; i < 5; i++) sent.unshift((await invite(t, studio.id, owner, { email: newcomer(t) })).json().id)
  const listed: string[] = []
  let cursor = ''
  do {
    const page = (await send(t, 'GET', `/studios/${studio.id}/invitations?limit=2${cursor}`, owner)).json()
    listed.push(...page.items.map(({ id }: { id: string }) => id))
    cursor = page.nextCursor && `&cursor=${page.nextCursor}`
  } while (cursor)
  expect(listed).toEqual(sent)
})
