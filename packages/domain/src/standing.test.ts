import { expect, test } from 'vitest'
import { hasStanding, type NeededStanding, rolesToGive, type Standing } from './standing.ts'
import { STUDIO_ROLES } from './words.ts'

const NEEDED: readonly NeededStanding[] = [
  'user',
  'photographer',
  'organizer',
  'sales',
  'manager',
  'owner',
  'platform_admin',
]
const nobody: Standing = { isPlatformAdmin: false, memberships: [], isPhotographer: false, isOrganizer: false }
const of = (who: Partial<Standing>) => NEEDED.filter(needed => hasStanding({ ...nobody, ...who }, needed))

test('each standing opens what the table of studios says, and nothing else', () => {
  expect(of({})).toEqual(['user'])
  expect(of({ isPhotographer: true })).toEqual(['user', 'photographer'])
  expect(of({ isOrganizer: true })).toEqual(['user', 'organizer'])
  expect(of({ memberships: [{ role: 'photographer' }] })).toEqual(['user', 'photographer'])
  expect(of({ memberships: [{ role: 'sales' }] })).toEqual(['user', 'sales'])
  expect(of({ memberships: [{ role: 'manager' }] })).toEqual(['user', 'photographer', 'organizer', 'sales', 'manager'])
  expect(of({ memberships: [{ role: 'owner' }] })).toEqual(NEEDED.slice(0, -1))
  expect(of({ isPlatformAdmin: true })).toEqual(NEEDED)
})

test('an owner and the platform give every role, a manager those below their own, others none', () => {
  expect(rolesToGive('owner')).toEqual(STUDIO_ROLES)
  expect(rolesToGive('platform_admin')).toEqual(STUDIO_ROLES)
  expect(rolesToGive('manager')).toEqual(['sales', 'photographer'])
  expect(rolesToGive('sales')).toEqual([])
  expect(rolesToGive('photographer')).toEqual([])
})
