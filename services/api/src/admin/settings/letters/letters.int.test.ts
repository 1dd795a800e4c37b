import { constraintOf } from '@pix/db/broken-constraint.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { letterWords, outgoingMail } from '@pix/db/schema/letters.ts'
import { LETTER_NAMES, type LetterWords } from '@pix/contracts/letter-words.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../../testing/test-app.ts'

const OWN = {
  subject: 'Photos of {event} for you',
  lines: ['They are there.', 'More come until Sunday.'],
  action: 'Look',
  hint: 'Looking is free.',
}
const URL = '/api/admin/letters'

async function desk() {
  const t = await testApp()
  const { headers } = await t.user('admin')
  return Object.assign(t, {
    get: (path: string) => t.app.inject({ url: `${URL}${path}`, headers }),
    put: (path: string, payload: object) => t.app.inject({ method: 'PUT', url: `${URL}${path}`, headers, payload }),
    post: (path: string, payload: object) =>
      t.app.inject({ method: 'POST', url: `/api/admin${path}`, headers, payload }),
    forget: (path: string) => t.app.inject({ method: 'DELETE', url: `${URL}${path}`, headers }),
  })
}

test('every letter is listed, and those in other words say in which language', async () => {
  await using t = await desk()
  await t.put('/event_announced/words/en', OWN)
  const { items } = (await t.get('')).json<{ items: { template: string; changed: string[] }[] }>()
  expect(items.map(({ template }) => template)).toEqual(LETTER_NAMES)
  expect(items.filter(({ changed }) => changed.length > 0)).toEqual([{ template: 'event_announced', changed: ['en'] }])
})

test('words that are set are those of the letter from then on, and ours again once they are forgotten', async () => {
  await using t = await desk()
  const before = (await t.get('/event_announced')).json<LetterWords>()
  expect(before.en.own).toBeNull()
  expect(before.places).toEqual({ needed: ['event'], optional: [] })
  const set = await t.put('/event_announced/words/en', OWN)
  expect(set.json<LetterWords>()).toEqual({ ...before, en: { ours: before.en.ours, own: OWN } })
  expect((await t.forget('/event_announced/words/en')).json()).toEqual(before)
  // Setting what is set, and forgetting what is not, changes nothing.
  await t.forget('/event_announced/words/en')
  const audit = await t.db.select().from(auditEvents)
  expect(audit.map(({ action, subject, detail }) => ({ action, subject, detail }))).toMatchObject([
    { action: 'letter.change', subject: 'letter:event_announced.en' },
    { action: 'letter.change', subject: 'letter:event_announced.en' },
  ])
})

test('words that would name nothing that is filled in, or leave out what has to be named, are refused and not kept', async () => {
  await using t = await desk()
  for (const [words, path] of [
    [{ ...OWN, lines: ['For {name}: {event}'] }, 'body.lines'],
    [{ ...OWN, subject: 'Photos' }, 'body.lines'],
    [{ ...OWN, action: '{code}' }, 'body.action'],
  ] as const) {
    const answer = await t.put('/event_announced/words/th', words)
    expect(answer.statusCode).toBe(422)
    expect(answer.json<{ errors: { path: string }[] }>().errors.map(error => error.path)).toEqual([path])
  }
  for (const empty of [{ subject: ' ' }, { lines: [] }, { lines: ['a', ''] }, { hint: 'x'.repeat(401) }])
    expect((await t.put('/event_announced/words/th', { ...OWN, ...empty })).statusCode).toBe(422)
  expect((await t.put('/no_such_letter/words/th', OWN)).statusCode).toBe(404)
  expect(await t.db.select().from(letterWords)).toEqual([])
})

test('a preview shows the letter in words that are not kept, with a sample filled in', async () => {
  await using t = await desk()
  const answer = await t.post('/letters/event_announced/preview', {
    locale: 'en',
    words: { ...OWN, lines: ['<b>They</b> are there.'] },
  })
  expect(answer.json()).toMatchObject({ subject: 'Photos of Riverside Night 2026 for you' })
  const { html, text } = answer.json<{ html: string; text: string }>()
  expect(html).toContain('&lt;b&gt;They&lt;/b&gt; are there.')
  expect(text).toContain('<b>They</b> are there.')
  expect(await t.db.select().from(letterWords)).toEqual([])
})

test('a test of a letter goes to the admin who asked, and names the letter', async () => {
  await using t = await desk()
  const sent = await t.post('/checks/letter', { locale: 'th', of: 'order_paid' })
  expect(sent.statusCode).toBe(201)
  expect(await t.db.select().from(outgoingMail)).toMatchObject([
    { template: 'test_letter', locale: 'th', facts: { of: 'order_paid' }, path: '/admin/letters/order_paid' },
  ])
})

test('who announces an event reads the letter in the words that are set', async () => {
  await using t = await desk()
  await t.put('/event_announced/words/en', OWN)
  const { id, nameEn } = await t.event()
  const manager = await t.member((await t.db.query.events.findFirst())!.studioId, 'manager')
  const token = t.app.jwt.sign({ sub: manager.id, role: 'user', sv: manager.sessionVersion })
  const read = await t.app.inject({
    url: `/api/events/${id}/announcement`,
    headers: { authorization: `Bearer ${token}` },
  })
  expect(read.json()).toMatchObject({ letters: { en: { subject: `Photos of ${nameEn} for you` } } })
})

test('the database keeps no words without a text, and none in another language', async () => {
  await using t = await desk()
  const row = { ...OWN, template: 'order_paid', locale: 'en', changedAt: new Date() } as const
  for (const [wrong, constraint] of [
    [{ locale: 'de' as 'en' }, 'letter_words_locale'],
    [{ lines: [] }, 'letter_words_lines'],
    [{ lines: ['a', ''] }, 'letter_words_said'],
    [{ subject: '' }, 'letter_words_said'],
  ] as const) {
    const kept = t.db.insert(letterWords).values({ ...row, ...wrong, lines: [...(wrong.lines ?? row.lines)] })
    expect(constraintOf(await kept.catch((error: unknown) => error))).toBe(constraint)
  }
})
