import type { Box } from '@pix/faces/types.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { settled } from '../../../base/browser-testing.ts'
import type { FindFaces } from '../engine/use-selfie-engine.ts'
import { useLiveHint } from './use-live-hint.ts'

/** What the camera sees, and the looks for faces that wait for their answer. */
let luma: number
let waiting: ((faces: Box[] | Error) => void)[]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  luma = 140
  waiting = []
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
  vi.stubGlobal('document', {
    hidden: false,
    createElement: () => {
      const canvas = { width: 0, height: 0 }
      const context = {
        drawImage: () => undefined,
        getImageData: () => ({ data: new Uint8ClampedArray(canvas.width * canvas.height * 4).fill(luma) }),
      }
      return Object.assign(canvas, { getContext: () => context })
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const camera = () => ({ readyState: 4, videoWidth: 720, videoHeight: 1280 }) as HTMLVideoElement
const find: FindFaces = () =>
  new Promise((resolve, reject) => waiting.push(answer => (answer instanceof Error ? reject(answer) : resolve(answer))))
const FACE: Box = { x: 0.3, y: 0.2, width: 0.4, height: 0.4 }
const later = async (ms = 300) => {
  await vi.advanceTimersByTimeAsync(ms)
  await settled()
}
const answer = async (faces: Box[] | Error) => {
  waiting.shift()!(faces)
  await settled()
}

function open(findFaces: () => FindFaces | null = () => find) {
  const video = shallowRef<HTMLVideoElement | null>(camera())
  const scope = effectScope()
  const used = scope.run(() => useLiveHint(video, findFaces))!
  return { ...used, video, [Symbol.dispose]: () => scope.stop() }
}

test('a face is praised once a second look has found it, and no longer once it is gone', async () => {
  using page = open()
  await answer([FACE])
  expect([page.hint.value, page.looked.value]).toEqual(['look', 'nothing'])
  await later(1_500)
  await answer([FACE])
  expect([page.hint.value, page.looked.value]).toEqual(['good', 'faces'])
  // After a slow look the pause is as long as that look.
  await later(1_200)
  await answer([])
  expect(page.hint.value).toBe('look')
})

test('a hint stays long enough to be spoken', async () => {
  using page = open(() => null)
  await later(1_500)
  luma = 20
  await later()
  expect([page.hint.value, page.looked.value]).toEqual(['light', 'light'])
  luma = 140
  await later()
  expect(page.hint.value).toBe('light')
  await later(1_500)
  expect(page.hint.value).not.toBe('light')
})

test('an engine that fails leaves hints about the light, and is asked again', async () => {
  using page = open()
  await answer([])
  await later()
  await answer(new Error('the worker ended'))
  expect(page.looked.value).toBe('light')
  await later()
  expect(waiting).toHaveLength(1)
})

test('a look that was slow says nothing about a camera that was started since', async () => {
  using page = open()
  await answer([FACE])
  await later(1_500)
  page.video.value = camera()
  await settled()
  await answer([FACE])
  expect([page.hint.value, page.looked.value]).toEqual(['look', 'nothing'])
})

test('once the page is left nobody looks any more', async () => {
  const page = open()
  await answer([FACE])
  page[Symbol.dispose]()
  await later(3_000)
  expect(waiting).toEqual([])
})
