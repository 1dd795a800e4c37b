import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { GatewayUnavailable } from '../../../base/payment-gateway.ts'
import { GATEWAY_TIMES } from './call-gateway.ts'
import { createOmise } from './omise/omise.ts'
import { createPayNoi } from './paynoi/paynoi.ts'

let answer: (response: ServerResponse) => void
const server = createServer((request, response) => {
  request.resume()
  answer(response.writeHead(200, { 'content-type': 'application/json' }))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => void server.close())

const GATEWAYS = {
  paynoi: () =>
    createPayNoi(
      { PAYNOI_URL: url, PAYNOI_API_KEY: 'key', PAYNOI_KEY_ID: 'id', PAYNOI_ACCOUNT: '0899999999' },
      GATEWAY_TIMES,
    ),
  omise: () => createOmise({ OMISE_URL: url, OMISE_SECRET_KEY: 'skey_test', OMISE_WEBHOOK_SECRETS: [] }, GATEWAY_TIMES),
}
const WHOLE = '{"trans_id":"PN1","amount":"60.00","payment_status":"completed","status":"successful"}'

const BROKEN: Record<string, (response: ServerResponse) => void> = {
  'is a page and no JSON': response => response.end('<h1>please wait</h1>'),
  'is JSON of something else': response => response.end('["completed"]'),
  'is nothing': response => response.end(),
  'ends in the middle': response => response.end(WHOLE.slice(0, 40)),
  'is longer than any answer': response => response.end(`${' '.repeat(1_100_000)}${WHOLE}`),
  'stops as its connection is closed': response => {
    response.write(WHOLE.slice(0, 40), () => response.destroy())
  },
}

test.each(Object.keys(GATEWAYS).flatMap(gateway => Object.keys(BROKEN).map(what => [gateway, what] as const)))(
  'of %s, an answer that %s says nothing: no charge is made and no payment has come',
  async (name, what) => {
    answer = BROKEN[what]!
    const gateway = GATEWAYS[name as keyof typeof GATEWAYS]()
    const asked = { amount: 6_000, ref1: 'PX26000001A1', at: new Date() }
    await expect(gateway.create(asked)).rejects.toBeInstanceOf(GatewayUnavailable)
    await expect(gateway.check('PN1')).rejects.toBeInstanceOf(GatewayUnavailable)
  },
)
