import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { settled } from '../../../base/browser-testing.ts'
import { useCamera } from './use-camera.ts'

/** A browser's camera: each opening waits for the person's answer. */
let openings: { facing: string; allow: () => Promise<{ isOn: boolean }>; refuse: () => Promise<void> }[]
beforeEach(() => {
  openings = []
  const getUserMedia = ({ video }: { video: { facingMode: string } }) =>
    new Promise((resolve, reject) => {
      openings.push({
        facing: video.facingMode,
        async allow() {
          const track = { isOn: true, stop: () => void (track.isOn = false) }
          resolve({ getTracks: () => [track] })
          await settled()
          return track
        },
        async refuse() {
          reject(new Error('NotAllowedError'))
          await settled()
        },
      })
    })
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
})
afterEach(() => vi.unstubAllGlobals())

function open() {
  const scope = effectScope()
  return { ...scope.run(useCamera)!, [Symbol.dispose]: () => scope.stop() }
}

test('the camera stays off until it is asked for, and is off when the page is left', async () => {
  const page = open()
  expect([page.camera.value, openings]).toEqual([{ status: 'off' }, []])
  void page.start()
  expect(page.camera.value).toEqual({ status: 'starting' })
  const track = await openings[0]!.allow()
  expect(page.camera.value).toMatchObject({ status: 'live', facing: 'user' })
  page[Symbol.dispose]()
  expect([page.camera.value, track.isOn]).toEqual([{ status: 'off' }, false])
})

test('a camera that is allowed after the page was left is switched off at once', async () => {
  const page = open()
  void page.start()
  page[Symbol.dispose]()
  const track = await openings[0]!.allow()
  expect([page.camera.value, track.isOn]).toEqual([{ status: 'off' }, false])
})

test('the other camera takes the place of the first, which is switched off', async () => {
  using page = open()
  void page.start()
  const front = await openings[0]!.allow()
  void page.flip()
  expect(front.isOn).toBe(false)
  await openings[1]!.allow()
  expect(page.camera.value).toMatchObject({ status: 'live', facing: 'environment' })
  void page.flip()
  expect(openings.map(({ facing }) => facing)).toEqual(['user', 'environment', 'user'])
})

test('of two openings the later one counts, whatever becomes of the first', async () => {
  using page = open()
  void page.start('user')
  void page.start('environment')
  await openings[1]!.allow()
  await openings[0]!.refuse()
  expect(page.camera.value).toMatchObject({ status: 'live', facing: 'environment' })
})

test('a camera that is refused, or that this page may not have, is said, and can be asked for again', async () => {
  using page = open()
  void page.start()
  await openings[0]!.refuse()
  expect(page.camera.value).toEqual({ status: 'refused' })
  void page.start()
  await openings[1]!.allow()
  expect(page.camera.value.status).toBe('live')
  vi.stubGlobal('navigator', {})
  await page.start()
  expect(page.camera.value).toEqual({ status: 'refused' })
})
