import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { settled } from '../../../base/browser-testing.ts'
import { usePng } from './use-png.ts'

/** The pictures that are being drawn, by their source. */
let drawing: Map<string, { done: () => void; fail: () => void }>
beforeEach(() => {
  drawing = new Map()
  vi.stubGlobal(
    'Image',
    class {
      src = ''
      decode = () =>
        new Promise<void>((done, reject) =>
          drawing.set(this.src, { done, fail: () => reject(new Error('no picture')) }),
        )
    },
  )
  vi.stubGlobal('document', {
    createElement: () => {
      let drawn = ''
      const context = { fillRect: () => undefined, drawImage: ({ src }: { src: string }) => (drawn = src) }
      return { getContext: () => context, toDataURL: () => `png of ${drawn}` }
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const svg = (name: string) => `data:image/svg+xml,${name}`

test('a drawing that comes late is not shown for the code that has taken its place', async () => {
  const picture = ref<string | null>(svg('first'))
  const png = effectScope().run(() => usePng(() => picture.value))!
  expect(png.value).toBe(null)
  picture.value = svg('second')
  await nextTick()
  drawing.get(svg('second'))!.done()
  await settled()
  drawing.get(svg('first'))!.done()
  await settled()
  expect(png.value).toBe(`png of ${svg('second')}`)
  picture.value = null
  await nextTick()
  expect(png.value).toBe(null)
})

test('a code that cannot be drawn is shown as it came, and so is one that is no drawing', async () => {
  const picture = ref(svg('odd'))
  const png = effectScope().run(() => usePng(() => picture.value))!
  drawing.get(svg('odd'))!.fail()
  await settled()
  expect(png.value).toBe(svg('odd'))
  picture.value = 'data:image/png;base64,AA=='
  await nextTick()
  expect([png.value, drawing.size]).toEqual(['data:image/png;base64,AA==', 1])
})
