import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRisingCount } from './use-rising-count.ts'

let frames: Map<number, (now: number) => void>
let asksNoMotion: boolean
let now: number
beforeEach(() => {
  frames = new Map()
  asksNoMotion = false
  now = 0
  vi.stubGlobal('matchMedia', () => ({ matches: asksNoMotion }))
  vi.stubGlobal('performance', { now: () => now })
  let last = 0
  vi.stubGlobal('requestAnimationFrame', (draw: (now: number) => void) => {
    frames.set((last += 1), draw)
    return last
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
})
afterEach(() => vi.unstubAllGlobals())

function frameAt(ms: number) {
  now = ms
  const due = [...frames.values()]
  frames.clear()
  for (const draw of due) draw(ms)
}

test('it rises to what was found, also where that grows meanwhile, and follows it then', async () => {
  const found = ref(10)
  const shown = effectScope().run(() => useRisingCount(() => found.value))!
  expect(shown.value).toBe(0)
  frameAt(300)
  expect(shown.value).toBeGreaterThan(0)
  expect(shown.value).toBeLessThan(10)
  found.value = 14
  await nextTick()
  expect(shown.value).toBeLessThan(14)
  frameAt(600)
  expect([shown.value, frames.size]).toEqual([14, 0])
  found.value = 13
  await nextTick()
  expect(shown.value).toBe(13)
})

test('who asked for no motion sees the number at once', async () => {
  asksNoMotion = true
  const found = ref(10)
  const shown = effectScope().run(() => useRisingCount(() => found.value))!
  expect([shown.value, frames.size]).toEqual([10, 0])
  found.value = 11
  await nextTick()
  expect(shown.value).toBe(11)
})

test('a page that was left draws no more', () => {
  const scope = effectScope()
  scope.run(() => useRisingCount(() => 10))
  scope.stop()
  expect(frames.size).toBe(0)
})
