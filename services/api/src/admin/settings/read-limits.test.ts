import { CART_MOST } from '@pix/contracts/cart.ts'
import { expect, test } from 'vitest'
import { Settings } from '../../settings.ts'
import { readLimits } from './read-limits.ts'

/** The settings of an api whose environment says nothing of limits, and these. */
const settingsWith = (more: Partial<Settings>): Settings => {
  const usual = Object.entries(Settings.shape).map(([name, shape]) => [name, shape.safeParse(undefined).data])
  return { ...Object.fromEntries(usual), ...more }
}
const limitsWith = (more: Partial<Settings> = {}) =>
  readLimits(settingsWith(more)).groups.flatMap(({ limits }) => limits)

test('every limit among the settings is shown once', () => {
  const shown = limitsWith().map(({ name }) => name)
  expect(new Set(shown).size).toBe(shown.length)
  const settings = Object.keys(Settings.shape).filter(name => /^LIMIT_|_MAX_(BYTES|PIXELS)$/.test(name))
  expect(settings.filter(name => !shown.some(one => one === name))).toEqual([])
})

test('a limit is shown as it is in force, beside what it usually is', () => {
  const limits = limitsWith({ LIMIT_PEOPLE_PER_DAY: 7 })
  const named = (wanted: string) => limits.find(({ name }) => name === wanted)
  expect(named('LIMIT_PEOPLE_PER_DAY')).toEqual({ name: 'LIMIT_PEOPLE_PER_DAY', unit: 'count', value: 7, usual: 5 })
  expect(named('UPLOAD_MAX_BYTES')).toMatchObject({ unit: 'bytes', value: 50_000_000, usual: 50_000_000 })
  expect(named('cartPhotos')).toEqual({ name: 'cartPhotos', unit: 'count', value: CART_MOST, usual: null })
})
