import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { didLately, forget, openCache, recall, remember } from './storage.ts'

afterEach(() => vi.unstubAllGlobals())

const refuse = () => {
  throw new DOMException('The request was denied.', 'SecurityError')
}
/** As a browser does it that blocks cookies: reading the very name throws. */
function blockEverything() {
  for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
    Object.defineProperty(globalThis, name, { get: refuse, configurable: true })
  return {
    [Symbol.dispose]: () => {
      for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
        Reflect.deleteProperty(globalThis, name)
    },
  }
}

test('where storage is blocked nothing throws and what was said is known until the page is left', async () => {
  using _ = blockEverything()
  expect(recall('pix_locale')).toBeNull()
  remember('pix_locale', 'en')
  expect(recall('pix_locale')).toBe('en')
  forget('pix_locale')
  expect(recall('pix_locale')).toBeNull()
  expect(await openCache('face-models')).toBeNull()
})

test('what a tab cannot note as done counts as done, so that no page reloads for ever', () => {
  using _ = blockEverything()
  expect(didLately('reloaded', 10_000)).toBe(true)
})

test('a full storage is no fault', () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: refuse, removeItem: () => undefined })
  remember('pix_theme', 'dark')
  expect(recall('pix_theme')).toBe('dark')
  forget('pix_theme')
})

test('no other file of the web touches the storage of the browser, but the service worker its cache', () => {
  const src = fileURLToPath(new URL('../', import.meta.url))
  const others = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts') && !file.endsWith('base/storage.ts'))
    .filter(file =>
      /\b(localStorage|sessionStorage|caches\.|indexedDB|document\.cookie)/.test(readFileSync(src + file, 'utf8')),
    )
  expect(others).toEqual(['worker/kept-pages.ts'])
})
