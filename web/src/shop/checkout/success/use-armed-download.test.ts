import type { EventDownloads } from '@pix/contracts/orders.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useArmedDownload } from './use-armed-download.ts'

type Archive = EventDownloads['archive']
const BUILDING: Archive = { state: 'building', progress: 0.5, bytes: null, url: null }
const ready = (url: string): Archive => ({ state: 'ready', progress: 1, bytes: 9, url })
afterEach(() => vi.unstubAllGlobals())

test('ZIPs that were pressed early and are there at once each begin a download of their own, and no page is left', async () => {
  const begun: { href: string; download: string | undefined }[] = []
  const assign = vi.fn<(url: string) => void>()
  vi.stubGlobal('location', { assign })
  vi.stubGlobal('document', {
    createElement() {
      const link = { href: '', download: undefined, click: () => begun.push({ ...link }) }
      return link
    },
  })
  const archives = shallowRef([BUILDING, BUILDING, BUILDING])
  const cards = effectScope().run(() => [0, 1, 2].map(at => useArmedDownload(() => archives.value[at])))!
  cards[0]!.armed.value = true
  cards[1]!.armed.value = true
  archives.value = ['/one', '/two', '/three'].map(ready)
  await nextTick()
  expect(begun.map(({ href, download }) => [href, download])).toEqual([
    ['/one', ''],
    ['/two', ''],
  ])
  expect(assign).not.toHaveBeenCalled()
  expect(cards.map(card => [card.armed.value, card.ready.value])).toEqual([
    [false, true],
    [false, true],
    [false, true],
  ])

  // Its next state starts it no second time.
  archives.value = ['/one', '/two', '/three'].map(ready)
  await nextTick()
  expect(begun).toHaveLength(2)
})
