import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, startBank } from '../../money/payments/bank-testing.ts'
import type { Person } from '../authz/persons.ts'
import { REQUESTS } from '../authz/requests.ts'
import { makeScene } from '../authz/scene.ts'
import { TABLE } from '../authz/table.ts'
import { injectionOf, someAtATime } from '../authz/try-cells.ts'
import { UNLIMITED } from '../authz/unlimited.ts'
import { createOddRequests } from './odd-requests.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

/** Of those who may, the one to whom the most is open. */
const SENDERS: readonly Person[] = ['admin', 'owner', 'photographer', 'buyer', 'studioKey', 'guest']

test('no odd value in any parameter or field of any route is a fault of ours', { timeout: 600_000 }, async () => {
  await using t = await bank.openShop({ settings: UNLIMITED })
  const oddRequests = createOddRequests(t.app)
  const ofReads = makeScene(t)
  const faults: string[] = []
  let sent = 0
  await someAtATime(Object.entries(TABLE), async ([line, audience]) => {
    const scene = line.startsWith('GET ') ? ofReads : makeScene(t)
    const sender = SENDERS.find(person => audience.own[person] === '+') ?? 'admin'
    const headers = { ...(await scene.headersOf(sender)) }
    const browser = async () => {
      if (!headers.cookie) Object.assign(headers, (await t.visitor()).headers)
      return { headers }
    }
    const valid = await scene.inTurn(async () => REQUESTS[line]?.(await scene.objects('own'), { browser }) ?? {})
    const [method = '', url = ''] = line.split(/[,?]/)[0]!.split(' ')
    for (const { what, asked } of oddRequests(method, url, valid) ?? []) {
      const answer = await t.app.inject(await injectionOf(t, line, asked, headers))
      sent += 1
      if (answer.statusCode >= 500) faults.push(`${line} with ${what}: ${answer.statusCode} ${answer.body}`)
    }
  })
  expect(faults).toEqual([])
  expect(sent).toBeGreaterThan(2_000)
})
