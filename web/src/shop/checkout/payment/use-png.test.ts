import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { settled } from '../../../base/browser-testing.ts'
import { usePng } from './use-png.ts'

/** What the last picture was drawn with. */
let texts: string[]
let sides: number[]
const WORDS = { amount: '฿500', lines: ['ThePixStock · PX-2026-000007', 'To be paid by 22:45'] }
const open = (picture: () => string | null) => effectScope().run(() => usePng(picture, () => WORDS))!

/** The pictures that are being drawn, by their source. */
let drawing: Map<string, { done: () => void; fail: () => void }>
beforeEach(() => {
  drawing = new Map()
  vi.stubGlobal(
    'Image',
    class {
      src = ''
      naturalWidth = 290
      decode = () =>
        new Promise<void>((done, reject) =>
          drawing.set(this.src, { done, fail: () => reject(new Error('no picture')) }),
        )
    },
  )
  vi.stubGlobal('document', {
    createElement: () => {
      let drawn = ''
      texts = []
      const context = {
        fillRect: () => undefined,
        fillText: (text: string) => texts.push(text),
        drawImage({ src }: { src: string }, _x: number, _y: number, ...size: number[]) {
          drawn = src
          sides = size
        },
      }
      return { getContext: () => context, toDataURL: () => `png of ${drawn}` }
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const svg = (name: string) => `data:image/svg+xml,${name}`

test('a drawing that comes late is not shown for the code that has taken its place', async () => {
  const picture = ref<string | null>(svg('first'))
  const png = open(() => picture.value)
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

test('a code is drawn with its amount, its order and its end, one of pixels enlarged by a whole number; what cannot be drawn stays as it came', async () => {
  const picture = ref(svg('odd'))
  const png = open(() => picture.value)
  drawing.get(svg('odd'))!.fail()
  await settled()
  expect(png.value).toBe(svg('odd'))
  const pixels = 'data:image/png;base64,AA=='
  picture.value = pixels
  await nextTick()
  drawing.get(pixels)!.done()
  await settled()
  expect(png.value).toBe(`png of ${pixels}`)
  expect(sides).toEqual([870, 870])
  expect(texts).toEqual([WORDS.amount, ...WORDS.lines])
})
