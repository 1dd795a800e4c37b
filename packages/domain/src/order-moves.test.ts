import { expect, test } from 'vitest'
import { OPEN_STATUSES, ORDER_STATUSES, isOpen, mayMove, wasPaid } from './order-moves.ts'

test('these moves are legal and no others', () => {
  const legal = ORDER_STATUSES.flatMap(from =>
    ORDER_STATUSES.filter(to => mayMove(from, to)).map(to => `${from} -> ${to}`),
  )
  expect(legal).toEqual([
    'pending -> awaiting_payment',
    'pending -> paid',
    'pending -> expired',
    'pending -> cancelled',
    'awaiting_payment -> paid',
    'awaiting_payment -> expired',
    'awaiting_payment -> cancelled',
    'paid -> fulfilled',
    'fulfilled -> refund_pending',
    'expired -> awaiting_payment',
    'expired -> paid',
    'cancelled -> paid',
    'refund_pending -> refunded',
    'refund_pending -> partially_refunded',
    'partially_refunded -> refund_pending',
  ])
})

test('what was paid never becomes unpaid, a refund included', () => {
  expect(ORDER_STATUSES.filter(wasPaid)).toEqual([
    'paid',
    'fulfilled',
    'refund_pending',
    'refunded',
    'partially_refunded',
  ])
  for (const from of ORDER_STATUSES.filter(wasPaid))
    expect(ORDER_STATUSES.filter(to => mayMove(from, to) && !wasPaid(to))).toEqual([])
})

test('nothing is refunded that was not handed over, and nothing leaves a full refund', () => {
  expect(ORDER_STATUSES.filter(from => mayMove(from, 'refund_pending'))).toEqual(['fulfilled', 'partially_refunded'])
  expect(ORDER_STATUSES.filter(to => mayMove('refunded', to))).toEqual([])
})

test('an open order is unpaid and may be paid, given up or run out of time', () => {
  expect(ORDER_STATUSES.filter(isOpen)).toEqual(OPEN_STATUSES)
  expect(ORDER_STATUSES.filter(from => mayMove(from, 'expired') && mayMove(from, 'cancelled'))).toEqual(OPEN_STATUSES)
  for (const status of OPEN_STATUSES) expect([wasPaid(status), mayMove(status, 'paid')]).toEqual([false, true])
})
