import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import type { UploadItem } from './upload-item.ts'
import { useThumbs } from './use-thumbs.ts'

let made: number
let live: Set<string>
beforeEach(() => {
  made = 0
  live = new Set()
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    const url = `blob:${(made += 1)}`
    live.add(url)
    return url
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void live.delete(url))
})
afterEach(() => vi.restoreAllMocks())

const item = (id: number, type = 'image/jpeg') => ({ id, file: new File([], `${id}`, { type }) }) as UploadItem

test('a card of photos keeps the pictures of the last few alone, and a page that is left none', () => {
  const scope = effectScope()
  const thumb = scope.run(useThumbs)!
  const first = thumb(item(0))!
  for (let id = 1; id < 24; id += 1) thumb(item(id))
  // Seen again it is one of the last few.
  expect(thumb(item(0))).toBe(first)
  for (let id = 24; id < 47; id += 1) thumb(item(id))
  expect([live.size, live.has(first)]).toEqual([24, true])
  thumb(item(47))
  expect([live.size, live.has(first)]).toEqual([24, false])
  scope.stop()
  expect(live.size).toBe(0)
})

test('a file that the browser cannot show has no picture', () => {
  const thumb = effectScope().run(useThumbs)!
  expect([thumb(item(1, '')), made]).toEqual([undefined, 0])
})
