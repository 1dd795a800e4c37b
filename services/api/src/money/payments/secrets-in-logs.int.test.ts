import { Writable } from 'node:stream'
import { createLog } from '@pix/platform/log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, WEBHOOK_SECRET, startBank } from './bank-testing.ts'
import { reconcilePayments } from './sweep-payments.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

test('neither key, secret, account nor signature reaches the log, whatever goes wrong', async () => {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) })
  const log = createLog('api', { level: 'trace', pretty: false }, sink)
  await using t = await bank.openShop({ log })

  const { visitor } = await t.withCart(1)
  const order = (await t.order(visitor, 6_000)).json()
  await bank.faults({ fail: 'both' })
  await t.payment(visitor, order.id)
  await bank.faults({ fail: 'check' })
  const payment = (await t.payment(visitor, order.id)).json()
  const [charge] = await bank.charges()
  await bank.pay(charge!.trans_id)
  t.forward(60_000)
  await reconcilePayments(t.deps)
  const signature = 'ab'.repeat(32)
  await t.app.inject({
    method: 'POST',
    url: '/api/payment/webhook',
    headers: { 'content-type': 'application/json' },
    payload: `{"data":{"trans_id":"A"},"signature":"${signature}"}`,
  })
  log.info({ api_key: 'test-api-key', call: { account: '0812345678', data: { signature } } }, 'said on purpose')

  const text = lines.join('')
  expect(text).toContain('could not be asked')
  expect(text).toContain(payment.id)
  expect(text).toContain('said on purpose')
  for (const secret of ['test-api-key', WEBHOOK_SECRET, '0812345678', 'test-key-id', signature])
    expect(text).not.toContain(secret)
})
