import { expect, test } from 'vitest'
import { gatewayFor, type PaymentGateway, type PaymentGateways } from './payment-gateway.ts'

const gateway = (name: string, least: number, most: number) => ({ name, least, most }) as PaymentGateway
const gateways: PaymentGateways = new Map([
  ['first', gateway('first', 100, 1_000)],
  ['second', gateway('second', 500, 5_000)],
])
const chosen = (amount: number, by?: string | null) => gatewayFor(gateways, amount, by)?.name

test('a payment goes through the gateway that the studio chose, where that takes the amount, else through the first that does', () => {
  expect([chosen(600), chosen(600, null), chosen(600, 'second'), chosen(600, 'first')]).toEqual([
    'first',
    'first',
    'second',
    'first',
  ])
  expect([chosen(200, 'second'), chosen(2_000, 'first'), chosen(600, 'gone')]).toEqual(['first', 'second', 'first'])
  expect(chosen(9_000, 'second')).toBeUndefined()
})
