import { expect, test, vi } from 'vitest'

// Node has no storage; the words are read with what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { changeLocale } = await import('../../base/i18n/index.ts')
await import('../../shell/words-testing.ts')
const { askedFiles, failureText, faultText } = await import('./limit-words.ts')

test('the words on screens name the limits that the api works by, in both languages', async () => {
  const limits = { maxBytes: 80_000_000, minSide: 1200, fromCameras: false }
  for (const language of ['th', 'en'] as const) {
    await changeLocale(language)
    for (const byTouch of [true, false]) {
      expect(askedFiles(limits, byTouch)).toContain('80 MB')
      expect(askedFiles(limits, byTouch)).toContain('1,200')
    }
    expect(faultText('image_too_small', limits)).toContain('1,200')
    expect(faultText('file_too_large', limits)).toContain('80 MB')
    expect(failureText('too_small', limits)).toContain('1,200')
    for (const fault of ['image_too_small', 'file_too_large'])
      expect(faultText(fault, undefined)).not.toMatch(/\d|[{}]/)
  }
})
