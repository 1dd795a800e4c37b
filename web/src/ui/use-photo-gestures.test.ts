import { beforeEach, expect, test } from 'vitest'
import { usePhotoGestures } from './use-photo-gestures.ts'

const photo = { offsetWidth: 360, offsetHeight: 240 }
const stage = {
  clientWidth: 360,
  clientHeight: 600,
  getBoundingClientRect: () => ({ left: 0, top: 0, width: 360, height: 600 }),
  querySelector: () => photo,
  setPointerCapture: () => undefined,
} as unknown as HTMLElement
const onPhoto = { closest: () => null }
const onButton = { closest: () => ({}) }

let done: string[]
let clock: number
let gestures: ReturnType<typeof usePhotoGestures>
beforeEach(() => {
  done = []
  clock = 1_000
  gestures = usePhotoGestures({
    stage: () => stage,
    turn: step => done.push(step === 1 ? 'next' : 'previous'),
    close: () => done.push('close'),
  })
})

const event = (type: string, pointerId: number, clientX: number, clientY: number, target: object = onPhoto) =>
  ({ type, pointerId, clientX, clientY, target, button: 0, timeStamp: clock }) as unknown as PointerEvent
const down = (id: number, x: number, y: number, target?: object) =>
  gestures.down(event('pointerdown', id, x, y, target))
const move = (id: number, x: number, y: number) => gestures.move(event('pointermove', id, x, y))
const up = (id: number, x: number, y: number, type = 'pointerup') => gestures.up(event(type, id, x, y))

function draw([fromX, fromY]: [number, number], [toX, toY]: [number, number], end = 'pointerup') {
  down(1, fromX, fromY)
  move(1, toX, toY)
  up(1, toX, toY, end)
}
function tap(x: number, y: number) {
  down(1, x, y)
  up(1, x, y)
}
function doubleTap(x: number, y: number, apart = 100) {
  tap(x, y)
  clock += apart
  tap(x, y)
}

test('one finger turns to the next photo or the one before, or closes', () => {
  draw([300, 300], [100, 300])
  draw([100, 300], [300, 300])
  draw([180, 100], [180, 300])
  draw([180, 300], [180, 100])
  expect([done, gestures.style.value.transform]).toEqual([
    ['next', 'previous', 'close'],
    'translate(0px, 0px) scale(1)',
  ])
})

test('a finger that the system takes away turns and closes nothing, and the photo lies where it was', () => {
  draw([300, 300], [100, 300], 'pointercancel')
  draw([180, 100], [180, 300], 'pointercancel')
  expect([done, gestures.style.value.transform]).toEqual([[], 'translate(0px, 0px) scale(1)'])
})

test('a second finger ends the drawing: two fingers enlarge, and turn nothing when they are lifted', () => {
  down(1, 280, 300)
  move(1, 180, 300)
  down(2, 200, 300)
  move(2, 190, 300)
  up(2, 190, 300)
  up(1, 180, 300)
  expect([done, gestures.scale.value]).toEqual([[], 1])

  down(1, 160, 300)
  down(2, 200, 300)
  move(2, 240, 300)
  up(1, 160, 300)
  up(2, 240, 300)
  expect([done, gestures.scale.value]).toEqual([[], 2])
  // One finger now moves the enlarged photo, as far as it reaches.
  draw([200, 300], [0, 300])
  expect([done, gestures.style.value.transform]).toEqual([[], 'translate(-180px, 0px) scale(2)'])
})

test('a double tap enlarges under the finger, and the next one shows the whole photo', () => {
  doubleTap(180, 300)
  expect(gestures.scale.value).toBe(3)
  clock += 1_000
  doubleTap(180, 300)
  expect(gestures.scale.value).toBe(1)
  clock += 1_000
  doubleTap(180, 300, 400)
  tap(300, 300)
  expect(gestures.scale.value).toBe(1)
})

test('a press on a button of the stage moves nothing', () => {
  down(1, 300, 300, onButton)
  move(1, 100, 300)
  up(1, 100, 300)
  expect([done, gestures.moving.value]).toEqual([[], false])
})
