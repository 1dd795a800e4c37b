import { loginFailures } from '@pix/db/schema/auth.ts'
import { describe, expect, test } from 'vitest'
import { type TestApp, TEST_ORIGIN, testApp } from '../../testing/test-app.ts'
import { browserOf, letters, letterTo } from './accounts-testing.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { countFailure, lockMs } from './lockout.ts'
import { hashPassword } from './passwords.ts'

const PASSWORD = 'correct horse battery'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const [STRANGER, OWNER] = ['198.51.100.7', '203.0.113.9']
const manyLogins = { settings: { LIMIT_LOGINS_PER_MINUTE: '1000' } }

const member = async (t: TestApp) => t.user('photographer', { passwordHash: await hashPassword(PASSWORD) })

async function login(t: TestApp, email: string, password: string, from = STRANGER, cookies = {}) {
  const headers = { origin: TEST_ORIGIN }
  const payload = { email, password }
  const sent = { method: 'POST', url: '/api/auth/login', payload, headers, cookies, remoteAddress: from } as const
  return t.app.inject(sent)
}

/** Fails until it is locked. @returns how many tries were looked at */
async function failUntilLocked(t: TestApp, email: string, from = STRANGER) {
  for (let tries = 0; tries < 50; tries++) {
    const { code } = (await login(t, email, 'wrong', from)).json()
    if (code === 'account_locked') return tries
    expect(code).toBe('wrong_credentials')
  }
  throw new Error('never locked')
}

const refreshCookie = (answer: { cookies: { name: string; value: string }[] }) => ({
  pix_refresh: answer.cookies.find(({ name }) => name === 'pix_refresh')!.value,
})

test('a stranger who fails all day locks nobody out: from another network the account is as before', async () => {
  await using t = await testApp(manyLogins)
  t.hold()
  const { email } = await member(t)
  for (let hour = 0; hour < 24; hour++) {
    await failUntilLocked(t, email)
    expect((await login(t, email, PASSWORD)).json().code).toBe('account_locked')
    t.forward(HOUR)
  }
  expect((await login(t, email, PASSWORD, OWNER)).statusCode).toBe(200)
})

test('a stranger cannot use up the sign-ins a minute of an account either', async () => {
  await using t = await testApp()
  const { email } = await member(t)
  for (let i = 0; i < 6; i++) await login(t, email, 'wrong')
  expect((await login(t, email, PASSWORD)).json().code).toBe('rate_limited')

  expect((await login(t, email, PASSWORD, OWNER)).statusCode).toBe(200)
})

test('a browser that is signed in passes the lock of its own network, and is locked by its own failures alone', async () => {
  await using t = await testApp(manyLogins)
  const { email } = await member(t)
  const cookies = refreshCookie(await login(t, email, PASSWORD, OWNER))
  const others = refreshCookie(await login(t, (await member(t)).email, PASSWORD, OWNER))
  await failUntilLocked(t, email, OWNER)

  expect((await login(t, email, PASSWORD, OWNER)).json().code).toBe('account_locked')
  expect((await login(t, email, PASSWORD, OWNER, others)).json().code).toBe('account_locked')
  expect((await login(t, email, PASSWORD, OWNER, { pix_refresh: 'A'.repeat(43) })).json().code).toBe('account_locked')
  for (let i = 0; i < 5; i++) expect((await login(t, email, 'wrong', OWNER, cookies)).statusCode).toBe(401)
  expect((await login(t, email, PASSWORD, OWNER, cookies)).json().code).toBe('account_locked')
  t.forward(MINUTE + 1_000)
  expect((await login(t, email, PASSWORD, OWNER, cookies)).statusCode).toBe(200)
})

test('a browser that signed in before is not locked out by others, also after it has signed out', async () => {
  await using t = await testApp(manyLogins)
  const { email } = await member(t)
  const browser = browserOf(t, { network: OWNER })
  await browser.post('/auth/login', { email, password: PASSWORD })
  await browser.post('/auth/logout')
  expect(Object.keys(browser.cookies)).toEqual(['pix_device'])
  await failUntilLocked(t, email, OWNER)

  expect((await login(t, email, PASSWORD, OWNER)).json().code).toBe('account_locked')
  expect((await browser.post('/auth/login', { email, password: PASSWORD })).statusCode).toBe(200)
})

test('a browser that is known to one account is a stranger to another', async () => {
  await using t = await testApp(manyLogins)
  const [mine, other] = [await member(t), await member(t)]
  const browser = browserOf(t, { network: OWNER })
  await browser.post('/auth/login', { email: mine.email, password: PASSWORD })
  await failUntilLocked(t, other.email, OWNER)
  expect((await browser.post('/auth/login', { email: other.email, password: PASSWORD })).json().code).toBe(
    'account_locked',
  )
})

test('the owner gets one letter a day that their account is tried, and is let in from the same network by the link', async () => {
  await using t = await testApp(manyLogins)
  t.hold()
  // To a midnight, so that all of it is of one day.
  t.forward(24 * HOUR - (t.deps.now().getTime() % (24 * HOUR)))
  const { email } = await member(t)
  await failUntilLocked(t, email, OWNER)
  t.forward(2 * HOUR)
  await failUntilLocked(t, email, OWNER)
  const warned = (await letters(t)).filter(({ template }) => template === 'account_tried')
  expect(warned.map(({ recipient, path }) => [recipient, path])).toEqual([[email, '/unlock']])

  const browser = browserOf(t, { network: OWNER })
  expect((await browser.post('/auth/login', { email, password: PASSWORD })).json().code).toBe('account_locked')
  const { token } = await letterTo(t, email)
  expect((await browser.post('/auth/unlock', { token })).statusCode).toBe(204)
  expect((await browser.post('/auth/login', { email, password: PASSWORD })).statusCode).toBe(200)
  expect((await browser.post('/auth/unlock', { token })).json().code).toBe('link_used_up')
  await failUntilLocked(t, email, OWNER)
  await browser.post('/auth/logout')
  expect((await browser.post('/auth/login', { email, password: PASSWORD })).statusCode).toBe(200)
})

test('the try that locks runs as many statements for an unknown address, which gets no letter, and enqueues nothing for either', async () => {
  await using t = await testApp(manyLogins)
  const counts = []
  for (const email of ['nobody@test.example', (await member(t)).email]) {
    for (let i = 0; i < 4; i++) await login(t, email, 'wrong')
    const counted = countStatements(t)
    await login(t, email, 'wrong')
    counts.push([counted(), await t.deps.redis.keys('bull:*')])
  }
  expect(counts[0]).toEqual(counts[1])
  expect(await letters(t)).toHaveLength(1)
})

describe.each(['known', 'unknown'])('for an address that is %s', kind => {
  const someone = async (t: TestApp) => (kind === 'known' ? (await member(t)).email : 'nobody@test.example')

  test('failures fade, one an hour, and no lock is longer than one', async () => {
    await using t = await testApp(manyLogins)
    t.hold()
    const email = await someone(t)
    expect(await failUntilLocked(t, email)).toBe(5)
    t.forward(2 * HOUR)
    expect(await failUntilLocked(t, email)).toBe(2)

    for (let i = 0; i < 12; i++) {
      const left = Number((await login(t, email, 'wrong')).headers['retry-after'] ?? 0)
      expect(left).toBeLessThanOrEqual(3_600)
      t.forward(left * 1_000)
    }
    t.forward(24 * HOUR)
    expect(await failUntilLocked(t, email)).toBe(5)
  })

  test('tries sent together are counted like tries in a row', async () => {
    await using t = await testApp(manyLogins)
    const email = await someone(t)

    const answers = await Promise.all(Array.from({ length: 20 }, () => login(t, email, 'wrong')))

    const looked = answers.filter(answer => answer.json().code === 'wrong_credentials')
    expect(looked).toHaveLength(5)
  })

  test('guesses from a hundred networks leave each one try, and who knows the password still needs only that', async () => {
    await using t = await testApp(manyLogins)
    t.hold()
    const email = await someone(t)
    for (let network = 0; network <= 100; network++) {
      await countFailure(t.system, { address: email, from: { network: `192.0.2.${network}` } })
    }

    expect(await failUntilLocked(t, email)).toBe(1)
    const owners = await login(t, email, PASSWORD, OWNER)
    expect(owners.statusCode).toBe(kind === 'known' ? 200 : 401)
  })

  test('the counts hold when Redis has lost everything', async () => {
    await using t = await testApp(manyLogins)
    const email = await someone(t)
    await failUntilLocked(t, email)
    await t.deps.redis.flushdb()

    expect((await login(t, email, PASSWORD)).json().code).toBe('account_locked')
  })

  test('neither the address nor the network stands in the counts', async () => {
    await using t = await testApp(manyLogins)
    const email = await someone(t)
    await failUntilLocked(t, email)

    const rows = JSON.stringify(await t.db.select().from(loginFailures))
    expect(rows).toMatch(/[0-9a-f]{64}/)
    expect(rows).not.toContain(email)
    expect(rows).not.toContain(STRANGER)
  })
})

test('networks are IPv4 addresses and halves of IPv6 addresses', async () => {
  await using t = await testApp(manyLogins)
  const { email } = await member(t)
  await failUntilLocked(t, email, '2001:db8:1:2::1')

  expect((await login(t, email, PASSWORD, '2001:db8:1:2:ffff::9')).json().code).toBe('account_locked')
  expect((await login(t, email, PASSWORD, '2001:db8:1:3::1')).statusCode).toBe(200)
})

test('the lock doubles from a minute to an hour', () => {
  expect([4, 5, 6, 7, 10, 11, 500].map(failures => lockMs(failures) / MINUTE)).toEqual([0, 1, 2, 4, 32, 60, 60])
})
