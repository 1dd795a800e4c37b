import { expect, test } from 'vitest'
import { backoff, checksumsOf, type Hold, holdAfter, speedOf, totalsOf, type UploadItem } from './upload-item.ts'

const item = (status: UploadItem['status'], size: number, sent = 0): UploadItem => ({
  id: 1,
  file: new File([new Uint8Array(size)], 'IMG_1.JPG'),
  path: 'IMG_1.JPG',
  status,
  sent,
  tries: 0,
})

test('the total card counts every file once and never more bytes than there are', () => {
  const totals = totalsOf([
    item('stored', 10),
    item('duplicate', 10),
    item('failed', 10),
    item('sending', 10, 12),
    item('waiting', 10),
    item('waiting', 10, 4),
  ])
  expect(totals).toEqual({
    files: 6,
    stored: 1,
    duplicate: 1,
    failed: 1,
    sending: 1,
    bytes: 60,
    sentBytes: 34,
    leftBytes: 16,
    failedBytes: 10,
  })
})

test('a lost net is waited out ever more patiently, without end, and never sooner than the api asks', () => {
  let hold: Hold | null = null
  const waits = Array.from({ length: 7 }, () => (hold = holdAfter(hold, 'network', 0)).retryAt)
  expect(waits).toEqual([2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 30_000])
  expect(holdAfter(null, 'rate_limited', 1_000, 60).retryAt).toBe(61_000)
})

test('a fault of ours is tried again by itself three times, and never sooner than the api asks', () => {
  expect([1, 2, 3, 4].map(tries => backoff(tries))).toEqual([2_000, 8_000, 40_000, undefined])
  expect(backoff(1, 30)).toBe(30_000)
})

test('speed is shown only when there are enough samples', () => {
  expect(speedOf([])).toBe(0)
  expect(
    speedOf([
      [0, 0],
      [500, 9e6],
    ]),
  ).toBe(0)
  expect(
    speedOf([
      [0, 0],
      [2_000, 4e6],
    ]),
  ).toBe(2e6)
})

const stored = (path: string, digit: string): UploadItem => ({ ...item('stored', 1), path, sha256: digit.repeat(64) })

test('the list names files as they lie in their folder, and folders where there are several', () => {
  const [a, b, c] = [stored('CARD/101/IMG_2.JPG', 'a'), stored('CARD/IMG_1.JPG', 'b'), stored('IMG_1.JPG', 'c')]
  expect(checksumsOf([a, b])).toBe(`${'a'.repeat(64)}  101/IMG_2.JPG\n${'b'.repeat(64)}  IMG_1.JPG\n`)
  expect(checksumsOf([b, c])).toBe(`${'b'.repeat(64)}  CARD/IMG_1.JPG\n${'c'.repeat(64)}  IMG_1.JPG\n`)
  expect(
    checksumsOf([
      { ...a, status: 'failed' },
      { ...c, status: 'duplicate' },
    ]),
  ).toBe(`${'c'.repeat(64)}  IMG_1.JPG\n`)
})
