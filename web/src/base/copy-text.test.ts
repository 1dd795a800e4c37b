import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { copyText } from './copy-text.ts'

afterEach(() => vi.unstubAllGlobals())

test('a text counts as copied only where the clipboard took it', async () => {
  const taken: string[] = []
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void taken.push(text) } })
  expect([await copyText('https://shop.example/e/run'), taken]).toEqual([true, ['https://shop.example/e/run']])
  vi.stubGlobal('navigator', { clipboard: { writeText: async () => Promise.reject(new Error('refused')) } })
  expect(await copyText('text')).toBe(false)
  // An address without TLS has no clipboard at all.
  vi.stubGlobal('navigator', {})
  expect(await copyText('text')).toBe(false)
})

test('nothing else writes to the clipboard', () => {
  const root = fileURLToPath(new URL('../', import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => /\.(ts|vue)$/.test(name))
  const writing = files.filter(name => readFileSync(root + name, 'utf8').includes('clipboard.writeText('))
  expect(writing.filter(name => !name.includes('.test.'))).toEqual(['base/copy-text.ts'])
})
