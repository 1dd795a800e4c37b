import type { InboxLine } from '@pix/contracts/inbox.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { manyPeople } from '@pix/db/schema/searches.ts'
import { eq, like } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'
import { addRefusedLetter, inboxOf } from './testing.ts'

const NONE = '01a215e7-f681-7236-a490-98a6fac0b91e'
const MINUTE = 60_000
const ids = (lines: readonly InboxLine[]) => lines.map(({ id }) => id)

test('only admins see the inbox and act in it', async () => {
  await using t = await testApp()
  const calls = [
    ['GET', ''],
    ['GET', '/count'],
    ['PUT', `/mail/${NONE}/taker`],
    ['DELETE', `/mail/${NONE}/taker`],
    ['POST', `/mail/${NONE}/leave`],
    ['POST', `/mail/${NONE}/retry`],
    ['POST', `/failed_photo/${NONE}/retry`],
  ] as const
  for (const [method, path] of calls) {
    const status = async (headers: Record<string, string>) =>
      (await t.app.inject({ method, url: `/api/admin/inbox${path}`, headers })).statusCode
    expect([method, path, await status({})]).toEqual([method, path, 401])
    for (const role of ['customer', 'photographer', 'organizer'] as const)
      expect([method, path, role, await status((await t.user(role)).headers)]).toEqual([method, path, role, 403])
  }
})

test('lines of all kinds come page by page in the order of their waiting, none twice and none missing, and narrowed to a kind', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const ago = (minutes: number) => new Date(t.deps.now().getTime() - minutes * MINUTE)
  const [event, photographer, searcher] = [await t.event(), await t.user('photographer'), await t.user('customer')]
  const letters = [await addRefusedLetter(t, 'a@shop.test', ago(50)), await addRefusedLetter(t, 'b@shop.test', ago(10))]
  const failed = { state: 'failed', failure: 'damaged', approval: 'pending', width: null, height: null } as const
  const photo = await t.photo(event.id, photographer.id, { ...failed, queuedAt: ago(30) })
  const people = { id: t.deps.newId(), eventId: event.id, userId: searcher.id, people: 6 }
  await t.db.insert(manyPeople).values({ ...people, firstAt: ago(20), lastAt: ago(20) })
  const inOrder = [letters[0]!.mailId, photo.id, people.id, letters[1]!.mailId]

  for (const first of ['oldest', 'newest']) {
    const seen: InboxLine[] = []
    let cursor: string | null = null
    do {
      const page = await inbox.read({ first, limit: '1', ...(cursor !== null && { cursor }) })
      seen.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(ids(seen)).toEqual(first === 'oldest' ? inOrder : inOrder.toReversed())
  }
  expect(ids((await inbox.read({ kind: 'failed_photo' })).items)).toEqual([photo.id])
  expect(await inbox.count()).toBe(4)
  expect((await inbox.read({ kind: 'many_people' })).items).toMatchObject([
    { about: { people: 6, searches: 1, user: { email: searcher.email }, event: { slug: event.slug } } },
  ])
})

test('a line shows who took it; of two who take it at once one gets it and the other is refused', async () => {
  await using t = await testApp()
  const { mailId } = await addRefusedLetter(t)
  const admins = [await t.user('admin'), await t.user('admin')]
  const inboxes = [await inboxOf(t, admins[0]), await inboxOf(t, admins[1])]
  const line = { kind: 'mail', id: mailId } as const
  const answers = await Promise.all(inboxes.map(inbox => inbox.take(line)))
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([200, 409])
  const won = answers.findIndex(answer => answer.statusCode === 200)
  expect(answers[1 - won]!.json().code).toBe('taken_by_another')
  expect((await inboxes[0]!.read()).items[0]?.taken?.by).toEqual({ id: admins[won]!.id, name: admins[won]!.name })

  // The other one can neither act nor give it back, and takes it over knowingly.
  const other = inboxes[1 - won]!
  const refused = [await other.leave(line), await other.ask('POST', `/mail/${mailId}/retry`, {})]
  refused.push(await other.ask('DELETE', `/mail/${mailId}/taker`))
  expect(refused.map(answer => answer.json().code)).toEqual(refused.map(() => 'taken_by_another'))
  expect((await other.take(line, admins[won]!.id)).statusCode).toBe(200)
  expect((await other.read()).items[0]?.taken?.by.id).toBe(admins[1 - won]!.id)
  expect((await other.ask('DELETE', `/mail/${mailId}/taker`)).statusCode).toBe(204)
  expect((await other.read()).items[0]?.taken).toBeNull()
  const actions = await t.db.select().from(auditEvents).where(like(auditEvents.action, 'inbox.%'))
  expect(actions.map(({ action, subject }) => [action, subject])).toEqual([
    ['inbox.take', `mail:${mailId}`],
    ['inbox.take', `mail:${mailId}`],
    ['inbox.give_back', `mail:${mailId}`],
  ])
})

test('of two who close a line at once one closes it, and the other is refused because it is closed', async () => {
  await using t = await testApp()
  const { mailId } = await addRefusedLetter(t)
  const inboxes = [await inboxOf(t), await inboxOf(t)]
  const answers = await Promise.all(inboxes.map(inbox => inbox.leave({ kind: 'mail', id: mailId })))
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([204, 409])
  expect(answers.find(answer => answer.statusCode === 409)?.json().code).toBe('line_closed')
  expect(await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'inbox.leave'))).toMatchObject([
    { subject: `mail:${mailId}`, detail: { reason: 'known' } },
  ])
  expect((await inboxes[0]!.take({ kind: 'mail', id: mailId })).json().code).toBe('line_closed')
})

test('a line that is left is gone, and back when its row opens again', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  const failed = { state: 'failed', failure: 'timed_out', approval: 'pending' } as const
  const photo = await t.photo(event.id, photographer.id, failed)
  const line = { kind: 'failed_photo', id: photo.id } as const
  expect((await inbox.leave(line, 'The photographer has it')).statusCode).toBe(204)
  expect((await inbox.read()).items).toEqual([])
  expect(await inbox.count()).toBe(0)
  const later = new Date(t.deps.now().getTime() + MINUTE)
  await t.db.update(photos).set({ queuedAt: later }).where(eq(photos.id, photo.id))
  expect(ids((await inbox.read()).items)).toEqual([photo.id])
})

test('a failed photo is tried again from the inbox', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const [event, photographer] = [await t.event(), await t.user('photographer')]
  const failed = { state: 'failed', failure: 'timed_out', approval: 'pending', attempts: 3 } as const
  const photo = await t.photo(event.id, photographer.id, failed)
  expect((await inbox.read()).items).toMatchObject([
    { kind: 'failed_photo', about: { failure: 'timed_out', photo: { photographerName: photographer.name } } },
  ])
  expect((await inbox.ask('POST', `/failed_photo/${photo.id}/retry`)).statusCode).toBe(204)
  const [after] = await t.db.select().from(photos).where(eq(photos.id, photo.id))
  expect(after).toMatchObject({ state: 'queued', attempts: 0, failure: null })
  expect((await inbox.read()).items).toEqual([])
  expect((await inbox.ask('POST', `/failed_photo/${photo.id}/retry`)).json().code).toBe('line_closed')
})

test('a line about many people is closed by an admin who has seen it, and a later search begins another', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const [event, searcher] = [await t.event(), await t.user('customer')]
  const at = t.deps.now()
  const line = { id: t.deps.newId(), eventId: event.id, userId: searcher.id, people: 6, firstAt: at, lastAt: at }
  await t.db.insert(manyPeople).values(line)
  expect((await inbox.leave({ kind: 'many_people', id: line.id }, 'Looks for the whole team')).statusCode).toBe(204)
  expect((await t.db.select().from(manyPeople))[0]?.seenAt).not.toBeNull()
  await t.db.insert(manyPeople).values({ ...line, id: t.deps.newId() })
  expect(await inbox.count()).toBe(1)
})
