import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, refusal } from '../../base/browser-testing.ts'

const { forgetPageData } = await import('../../base/page-data.ts')
const { useHeroPhotos } = await import('./use-hero-photos.ts')

let asked: Asked[]
beforeEach(() => {
  forgetPageData()
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

const event = (id: string, photoCount: number) => ({ id, photoCount })
const photo = (id: string) => ({ id, width: 3, height: 2 })
const to = (path: string) => asked.find(request => request.path.startsWith(path))!

function open() {
  const scope = effectScope()
  const hero = scope.run(useHeroPhotos)!
  return { ...hero, [Symbol.dispose]: () => scope.stop() }
}

test('the hero shows photos of the events on sale in turns, and asks for none of an event without photos', async () => {
  using hero = open()
  await to('/api/events').answer({ items: [event('run', 2), event('empty', 0), event('fair', 1)], nextCursor: null })
  await to('/api/events/fair/photos').answer({ items: [photo('c')], nextCursor: null })
  await to('/api/events/run/photos').answer({ items: [photo('a'), photo('b')], nextCursor: null })
  expect(hero.others.value.map(({ src }) => src.split('/').at(-1)?.[0])).toEqual(['a', 'c', 'b'])
  expect(asked.some(({ path }) => path.includes('empty'))).toBe(false)
})

test('without an answer, and without the demo’s face, its tiles stay empty', async () => {
  using hero = open()
  await to('/api/events').answer(refusal(503, 'unavailable'))
  await to('/demo/selfies.json').answer(new Response('<!doctype html>', { status: 404 }))
  expect([hero.others.value, hero.found.value]).toEqual([[], undefined])
})

test('a page that was left takes no pictures', async () => {
  const hero = open()
  hero[Symbol.dispose]()
  await to('/demo/selfies.json').answer({ eventSlug: 'e', selfies: ['/demo/a.jpg'] })
  expect([asked.every(({ isAborted }) => isAborted), hero.found.value]).toEqual([true, undefined])
})
