import type { RefusedAddress } from '@pix/contracts/refused-addresses.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

interface Page {
  items: RefusedAddress[]
  nextCursor: string | null
}

async function desk() {
  const t = await testApp()
  const { headers } = await t.user('admin')
  const url = '/api/admin/refused-addresses'
  return Object.assign(t, {
    list: async (query: Record<string, string> = {}): Promise<Page> =>
      (await t.app.inject({ url: `${url}?${new URLSearchParams(query)}`, headers })).json(),
    lift: (address: string) => t.app.inject({ method: 'POST', url: `${url}/lift`, headers, payload: { address } }),
  })
}
const ANSWER = '550 5.1.1 no such user'

/** A letter that was given up, and its address on the list. @returns the letter's id */
async function addRefused(t: TestApp, address: string): Promise<string> {
  const [id, at] = [t.deps.newId(), t.deps.now()]
  const givenUp = { nextTryAt: null, givenUp: 'refused', givenUpAt: at } as const
  const letter = { template: 'password_changed', locale: 'th', recipient: address, facts: {}, dedupeKey: id } as const
  await t.db.insert(outgoingMail).values({ id, ...letter, ...givenUp })
  await t.db.insert(suppressedAddresses).values({ address, reason: ANSWER, suppressedAt: at, mailId: id })
  return id
}
const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 8, 0, second))
const addressesOf = ({ items }: Page) => items.map(({ address }) => address)

test('a refused address is listed with what the server answered, the letter and whose account it is', async () => {
  await using t = await desk()
  const user = await t.user('customer')
  await addRefused(t, user.email)
  expect(await t.list()).toEqual({
    items: [
      {
        address: user.email,
        answer: ANSWER,
        at: expect.stringMatching(/Z$/),
        template: 'password_changed',
        userId: user.id,
      },
    ],
    nextCursor: null,
  })
  await t.db.delete(outgoingMail)
  expect((await t.list()).items).toMatchObject([{ address: user.email, template: null }])
})

test('the newest are first, each once over the pages, the longest too; a part of an address finds it', async () => {
  await using t = await desk()
  const longest = `${'x'.repeat(300)}@${'y'.repeat(14)}.test`
  const rows = [
    ['a_b@one.test', 1],
    ['axb@one.test', 2],
    ['b@two.test', 2],
    [longest, 3],
  ] as const
  await t.db
    .insert(suppressedAddresses)
    .values(rows.map(([address, second]) => ({ address, reason: '550', suppressedAt: at(second) })))
  const found: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page = await t.list({ limit: '1', ...(cursor && { cursor }) })
    found.push(...addressesOf(page))
    cursor = page.nextCursor
  }
  expect(found).toEqual([longest, 'b@two.test', 'axb@one.test', 'a_b@one.test'])
  expect(addressesOf(await t.list({ q: 'A_B@' }))).toEqual(['a_b@one.test'])
})

test('an address that is taken off is gone from the list, its letters stay as they are, and the audit names no address', async () => {
  await using t = await desk()
  const user = await t.user('customer')
  const mailId = await addRefused(t, user.email)
  expect((await t.lift(user.email)).statusCode).toBe(204)
  expect((await t.list()).items).toEqual([])
  expect(await t.db.select().from(outgoingMail).where(eq(outgoingMail.id, mailId))).toMatchObject([
    { givenUp: 'refused' },
  ])
  const lines = await t.db.select().from(auditEvents)
  expect(lines).toMatchObject([{ action: 'mail.lift', subject: `mail:${mailId}`, detail: { userId: user.id } }])
  expect(JSON.stringify(lines)).not.toContain('@')
})

test('an address that is not on the list is not found, and nothing is recorded', async () => {
  await using t = await desk()
  expect((await t.lift('nobody@shop.test')).statusCode).toBe(404)
  expect(await t.db.select().from(auditEvents)).toEqual([])
})
