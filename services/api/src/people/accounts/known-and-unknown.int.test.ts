import type { users } from '@pix/db/schema/auth.ts'
import { expect, test } from 'vitest'
import { countStatements } from '../../testing/count-statements.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'
import { browserOf, GOOD_PASSWORD, letters, newcomer } from './accounts-testing.ts'
import { hashPassword } from './passwords.ts'

/** So often each way in is asked for each kind of address. The kinds take turns, so that whatever slows the machine slows all. */
const ROUNDS = 15

/** What strangers may ask about any address. */
const ASKED = [
  ['/auth/login', { password: 'not the password of anybody' }],
  ['/auth/register', { name: 'Mali', password: 'seven purple kettles', locale: 'th' }],
  ['/auth/forgot-password', { locale: 'th' }],
  ['/auth/otp', { locale: 'th' }],
] as const

const KINDS = {
  unknown: newcomer,
  known: async t => withPassword(t, {}),
  unverified: async t => withPassword(t, { emailVerifiedAt: null }),
  suspended: async t => withPassword(t, { suspendedAt: t.deps.now() }),
  'without a password': async t => (await t.user('customer')).email,
} satisfies Record<string, (t: TestApp) => string | Promise<string>>
type Kind = keyof typeof KINDS
const KIND_NAMES = Object.keys(KINDS) as Kind[]

let passwordHash: string
async function withPassword(t: TestApp, more: Partial<typeof users.$inferInsert>): Promise<string> {
  passwordHash ??= await hashPassword(GOOD_PASSWORD)
  return (await t.user('customer', { passwordHash, ...more })).email
}

/**
 * Milliseconds of CPU that this process needs for a piece of work, its native threads included. Time in which the machine
 * does something else is not counted: what is measured is the work alone.
 */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

test.each(ASKED)(
  '%s does the same work whether an address has an account or not: statements, letters, and CPU to less than half a hash of a password',
  async (url, more) => {
    await using t = await testApp()
    const hashMs = median(await measured(() => cpuMs(() => hashPassword(GOOD_PASSWORD))))
    const cost = new Map(KIND_NAMES.map(kind => [kind, [] as number[]]))
    const traces = new Set<string>()
    let asked = 0
    const lettersBefore = (await letters(t)).length
    for (let round = 0; round <= ROUNDS; round++)
      for (const kind of KIND_NAMES) {
        const email = await KINDS[kind](t)
        // Each from a network of its own: none is locked out.
        const browser = browserOf(t, { network: `10.0.${round}.${asked % 250}` })
        const counted = countStatements(t)
        let statusCode = 0
        const ms = await cpuMs(async () => ({ statusCode } = await browser.post(url, { email, ...more })))
        traces.add(JSON.stringify([statusCode, counted()]))
        asked += 1
        // The first round loads what later ones find loaded.
        if (round > 0) cost.get(kind)!.push(ms)
      }
    expect([...traces]).toHaveLength(1)
    expect((await letters(t)).length - lettersBefore).toBe(url === '/auth/login' ? 0 : asked)
    const unknown = median(cost.get('unknown')!)
    const apart = KIND_NAMES.map(kind => [kind, Math.round(median(cost.get(kind)!) - unknown)] as const)
    expect(apart.filter(([, ms]) => Math.abs(ms) >= hashMs / 2)).toEqual([])
  },
)

async function measured(measure: () => Promise<number>): Promise<number[]> {
  const found = []
  for (let round = 0; round < ROUNDS; round++) found.push(await measure())
  return found
}
