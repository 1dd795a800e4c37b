import type { ManagedPhoto } from '@pix/contracts/managed-photos.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope, ref } from 'vue'
import type { PhotoFilters } from './photo-filters.ts'
import { useManagedPhotos } from './use-managed-photos.ts'

await import('../../shell/words-testing.ts')

const EVENT = '0193a1b2-0000-7000-8000-000000000001'

/** The photos of the event in the api, which answers with pages of sixty; an answer waits while the gate is shut. */
let ids: string[]
let gate: Promise<void>
let scope: EffectScope
beforeEach(() => {
  ids = Array.from({ length: 100 }, (_, n) => String(n + 1))
  gate = Promise.resolve()
  scope = effectScope()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (url: string) => {
    await gate
    const after = Number(new URL(url, 'http://shop').searchParams.get('cursor') ?? 0)
    const left = ids.filter(id => Number(id) > after)
    const items = left.slice(0, 60).map(id => ({ id, place: 'on_sale' }) as ManagedPhoto)
    const nextCursor = left.length > 60 ? items.at(-1)!.id : null
    return Response.json({ items, nextCursor, total: ids.length, photographers: [] })
  })
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** @returns what opens it again */
function shutGate(): () => void {
  let open!: () => void
  gate = new Promise(resolve => (open = resolve))
  return open
}

async function opened() {
  const desk = scope.run(() => useManagedPhotos(EVENT, ref<PhotoFilters>({})))!
  await vi.waitUntil(() => desk.photos.value.length > 0)
  return desk
}

test('where all that is shown was deleted and there is more, that is shown', async () => {
  const desk = await opened()
  desk.selectShown()
  const shown = [...desk.selected.value]
  expect(shown).toHaveLength(60)
  ids = ids.filter(id => !shown.includes(id))
  desk.remove(shown)
  await vi.waitUntil(() => desk.photos.value.length > 0)
  expect(desk.photos.value.map(({ id }) => id)).toEqual(ids)
  expect([desk.facts.value?.total, desk.chosen.value.length]).toEqual([40, 0])
})

test('what is hidden and deleted while more is on its way stays so, and more comes', async () => {
  const desk = await opened()
  const openGate = shutGate()
  void desk.pages.more()
  desk.change(['1'], { place: 'off_sale' })
  desk.remove(['2'])
  openGate()
  await vi.waitUntil(() => desk.pages.further.value.status === 'idle')
  expect(desk.photos.value.map(({ id }) => id)).toEqual(ids.filter(id => id !== '2'))
  expect(desk.photos.value[0]?.place).toBe('off_sale')
})
