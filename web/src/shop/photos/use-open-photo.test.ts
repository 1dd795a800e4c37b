import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { mount, settled } from '../../base/browser-testing.ts'
import { useNarrowing } from './use-narrowing.ts'
import { useOpenPhoto } from './use-open-photo.ts'

const PHOTOS = ['a', 'b', 'c'].map(id => ({ id }))
const nothing = { render: () => null }

let router: Router
/** How often the browser goes back. */
let wentBack: number
beforeEach(async () => {
  const history = createMemoryHistory()
  wentBack = 0
  const { go } = history
  history.go = (...by) => {
    wentBack += 1
    // A browser goes back later, not at once.
    setImmediate(() => go.apply(history, by))
  }
  router = createRouter({ history, routes: [{ path: '/:page', component: nothing }] })
  vi.stubGlobal('history', {
    get state() {
      return history.state
    },
  })
  await router.push('/before')
})
afterEach(() => vi.unstubAllGlobals())

async function open(address: string) {
  await router.push(address)
  return mount(() => useOpenPhoto(() => PHOTOS), router)
}
const address = () => router.currentRoute.value.fullPath
async function back() {
  router.back()
  await settled()
}

test('a photo that is opened stands in the address, and Back closes it', async () => {
  using page = await open('/photos?from=1')
  page.open(1)
  await settled()
  expect([page.index.value, address()]).toEqual([1, '/photos?from=1&photo=b'])
  await back()
  expect([page.index.value, address()]).toEqual([-1, '/photos?from=1'])
})

test('however many photos are turned to, Back closes them at once', async () => {
  using page = await open('/photos')
  for (const at of [0, 1, 2]) {
    page.open(at)
    await settled()
  }
  expect(page.index.value).toBe(2)
  await back()
  expect(address()).toBe('/photos')
  await back()
  expect(address()).toBe('/before')
})

test('closed twice at once, the page itself stays', async () => {
  using page = await open('/photos')
  page.open(0)
  await settled()
  page.open(1)
  await settled()
  page.close()
  page.close()
  await settled()
  expect([page.index.value, address(), wentBack]).toEqual([-1, '/photos', 1])
})

test('a link to a photo closes onto its page, not onto where the person came from', async () => {
  using page = await open('/photos?photo=c&from=1')
  expect(page.index.value).toBe(2)
  page.open(0)
  await settled()
  page.close()
  await settled()
  expect([page.index.value, address()]).toEqual([-1, '/photos?from=1'])
  page.open(1)
  await settled()
  page.close()
  await settled()
  expect(address()).toBe('/photos?from=1')
})

test('a photo beyond the list, or one that is no longer there, opens nothing', async () => {
  using page = await open('/photos?photo=gone')
  expect(page.index.value).toBe(-1)
  page.open(3)
  await settled()
  expect(address()).toBe('/photos?photo=gone')
})

test('what narrows a gallery stands in the address, and nobody unknown does', async () => {
  await router.push('/photos?from=5&to=9&by=somebody&photo=a')
  using gallery = mount(() => useNarrowing(() => ['mary']), router)
  expect([gallery.range.value, gallery.takenBy.value]).toEqual([{ from: 5, to: 9 }, null])
  gallery.takenBy.value = 'mary'
  await settled()
  expect(address()).toBe('/photos?from=5&to=9&by=mary&photo=a')
  gallery.range.value = null
  await settled()
  expect([gallery.range.value, gallery.takenBy.value]).toEqual([null, 'mary'])
  gallery.showAll()
  await settled()
  expect(address()).toBe('/photos?photo=a')
})

test.each(['from=9&to=5', 'from=5', 'from=x&to=9', 'from=5&from=6&to=9', 'from=-1&to=9'])(
  'a range that is none narrows nothing: %s',
  async query => {
    await router.push(`/photos?${query}`)
    using gallery = mount(() => useNarrowing(() => []), router)
    expect(gallery.range.value).toBeNull()
  },
)
