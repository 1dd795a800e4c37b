import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Who } from './consent/use-agreement.ts'
import type { Selfie } from './engine/prepare-selfie.ts'
import { keepSelfie, takeKeptSelfie } from './kept-selfie.ts'

/** Addresses of pictures that were given back. */
let freed: string[]
beforeEach(() => {
  vi.useFakeTimers()
  freed = []
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void freed.push(url))
})
afterEach(() => {
  takeKeptSelfie('none')
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const selfie = (url: string) => ({ url }) as Selfie
const who = { kind: 'me' } as unknown as Who

test('after a sign-in the selfie of the same event is there once, with whose consent was given', () => {
  keepSelfie('run', selfie('blob:a'), who)
  expect(takeKeptSelfie('run')).toEqual({ selfie: selfie('blob:a'), who })
  expect([takeKeptSelfie('run'), freed]).toEqual([null, []])
})

test('a selfie leaves memory after a quarter of an hour, for another event, and for a newer selfie', () => {
  keepSelfie('run', selfie('blob:a'), who)
  keepSelfie('run', selfie('blob:b'), who)
  expect(freed).toEqual(['blob:a'])
  expect([takeKeptSelfie('fair'), freed]).toEqual([null, ['blob:a', 'blob:b']])
  keepSelfie('run', selfie('blob:c'), who)
  vi.advanceTimersByTime(15 * 60_000)
  expect([takeKeptSelfie('run'), freed]).toEqual([null, ['blob:a', 'blob:b', 'blob:c']])
})

test('a selfie that was taken is its taker’s: the quarter of an hour is over for it', () => {
  keepSelfie('run', selfie('blob:a'), who)
  takeKeptSelfie('run')
  vi.advanceTimersByTime(60 * 60_000)
  expect(freed).toEqual([])
})
