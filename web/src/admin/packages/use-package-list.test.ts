import { ProblemError } from '@pix/contracts/client.ts'
import type { PackageList } from '@pix/contracts/package-lists.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { usePackageList } from './use-package-list.ts'

await import('../../shell/words-testing.ts')

beforeEach(() => {
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
})
afterEach(() => vi.unstubAllGlobals())

const listOf = (revision: string, baht: number): PackageList => ({
  isOwn: true,
  revision,
  wider: null,
  items: [
    {
      id: revision,
      kind: 'single',
      name: { th: 'รูปเดียว', en: 'Single' },
      photoCount: 1,
      price: { amount: baht * 100, currency: 'THB' },
      early: null,
      hidden: false,
    },
  ],
})
const changed = () => new ProblemError({ code: 'packages_changed', status: 409 })

/** A list whose first change finds that somebody else was faster. */
async function openBeaten() {
  let now = listOf('one', 50)
  const sent: [revision: string | undefined, satang: number | undefined][] = []
  const api = {
    read: async () => now,
    replace: async ({ items, revision }: { items: { price: { amount: number } }[]; revision: string | undefined }) => {
      sent.push([revision, items[0]?.price.amount])
      if (revision !== now.revision) throw changed()
      return (now = listOf('mine', (items[0]?.price.amount ?? 0) / 100))
    },
  }
  const packages = effectScope().run(() => usePackageList(api))!
  await vi.waitUntil(() => packages.rows.value.length > 0)
  packages.rows.value[0]!.price = '70'
  now = listOf('theirs', 60)
  await packages.save()
  return { packages, sent }
}

test('who was beaten sees the other list and keeps what they typed, which then goes on top', async () => {
  const { packages, sent } = await openBeaten()
  expect(packages.theirs.value?.revision).toBe('theirs')
  expect([packages.rows.value[0]!.price, packages.saved.value, packages.problem.value]).toEqual([
    '70',
    false,
    undefined,
  ])
  packages.resolve(true)
  expect([packages.theirs.value, packages.dirty.value]).toEqual([undefined, true])
  await packages.save()
  expect(sent).toEqual([
    ['one', 7_000],
    ['theirs', 7_000],
  ])
  expect(packages.saved.value).toBe(true)
})

test('or takes the other list, and has nothing left to save', async () => {
  const { packages } = await openBeaten()
  packages.resolve(false)
  expect([packages.rows.value[0]!.price, packages.dirty.value, packages.theirs.value]).toEqual(['60', false, undefined])
})
