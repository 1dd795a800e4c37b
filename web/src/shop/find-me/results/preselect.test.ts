import type { Match } from '@pix/contracts/faces.ts'
import { expect, test } from 'vitest'
import { preselect } from './preselect.ts'

const match = (id: string, more: Partial<Match> = {}) =>
  ({ photo: { id }, band: 'sure', hidden: false, bought: false, picked: null, ...more }) as Match

test('what the cart holds is ticked; where it holds none, ticks by hand are as they were left and the sure band is ticked', () => {
  const matches = [
    match('sure'),
    match('unticked', { picked: false }),
    match('maybe', { band: 'maybe' }),
    match('ticked', { band: 'maybe', picked: true }),
    match('not me', { hidden: true }),
    match('bought', { bought: true, picked: true }),
  ]
  expect(preselect(matches, () => false)).toEqual(['sure', 'ticked'])
  expect(preselect(matches, id => id === 'maybe' || id === 'unticked')).toEqual(['unticked', 'maybe'])
})
