import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeToast, currentToast, holdToast, resumeToast, showToast } from './toast.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  closeToast()
  vi.useRealTimers()
})

test('a toast has its own six seconds, whatever was shown before it', () => {
  showToast('first')
  vi.advanceTimersByTime(5_000)
  showToast('second')
  vi.advanceTimersByTime(5_000)
  expect(currentToast.value?.text).toBe('second')
  vi.advanceTimersByTime(1_000)
  expect(currentToast.value).toBe(null)
})

test('a toast that is read stays until the pointer leaves it, and then as long again', () => {
  showToast('removed', { label: 'undo', run: () => undefined })
  vi.advanceTimersByTime(5_000)
  holdToast()
  vi.advanceTimersByTime(60_000)
  expect(currentToast.value?.action?.label).toBe('undo')
  resumeToast()
  vi.advanceTimersByTime(5_999)
  expect(currentToast.value).not.toBe(null)
  vi.advanceTimersByTime(1)
  expect(currentToast.value).toBe(null)
})
