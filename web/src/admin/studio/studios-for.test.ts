import type { ManagedStudio } from '@pix/contracts/studios.ts'
import { expect, test } from 'vitest'
import { studiosFor } from './studios-for.ts'

const studio = (role: ManagedStudio['role']): ManagedStudio => ({
  id: `of-${role}`,
  slug: `of-${role}`,
  name: { th: 'สตูดิโอ', en: 'Studio' },
  status: 'active',
  role,
})
const ALL = [studio('sales'), studio('manager'), studio('owner')]
const rolesFor = (...[needs, isAdmin]: [Parameters<typeof studiosFor>[1], boolean]) =>
  studiosFor(ALL, needs, isAdmin).map(({ role }) => role)

test('a page is about those studios in which its reader may see it', () => {
  expect(rolesFor('sales', false)).toEqual(['sales', 'manager', 'owner'])
  expect(rolesFor('manager', false)).toEqual(['manager', 'owner'])
  expect(rolesFor('owner', false)).toEqual(['owner'])
  expect(rolesFor('photographer', false)).toEqual(['manager', 'owner'])
  expect(rolesFor('owner', true)).toEqual(['sales', 'manager', 'owner'])
})
