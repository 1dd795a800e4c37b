import { expect, test } from 'vitest'
import { type OrderStatus, isBought, mayMove } from './order-moves.ts'

const ALL: OrderStatus[] = ['pending', 'awaiting_payment', 'paid', 'fulfilled', 'expired', 'cancelled']

test('these moves are legal and no others', () => {
  const legal = ALL.flatMap(from => ALL.filter(to => mayMove(from, to)).map(to => `${from} -> ${to}`))
  expect(legal).toEqual([
    'pending -> awaiting_payment',
    'pending -> paid',
    'pending -> expired',
    'pending -> cancelled',
    'awaiting_payment -> paid',
    'awaiting_payment -> expired',
    'awaiting_payment -> cancelled',
    'paid -> fulfilled',
    'expired -> awaiting_payment',
    'expired -> paid',
    'cancelled -> paid',
  ])
})

test('what is bought never becomes unbought', () => {
  for (const from of ALL.filter(isBought)) expect(ALL.filter(to => mayMove(from, to) && !isBought(to))).toEqual([])
})
