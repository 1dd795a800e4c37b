import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import { firstWords } from './first-words.ts'
import { en, namespaces, th } from './words-testing.ts'

type Words = { [key: string]: string | Words }

afterEach(() => vi.restoreAllMocks())

const src = fileURLToPath(new URL('../', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.(vue|ts)$/.test(file) && !/(messages|problems|words)\.(th|en)\.ts$|\.test\.ts$/.test(file))
  .map(file => ({ file, text: readFileSync(src + file, 'utf8') }))
const sources = files.map(({ text }) => text).join('\n')

const flatten = (words: Words, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )

const thai = flatten(th)
const english = flatten(en)
const features = Object.keys(th).join('|')
/** 'cart.title' wherever it stands in quotes, and `upload.failure.${code}` as everything below photos.failure. */
const quoted = new RegExp(`(?:['\`]|keypath=")((?:${features})(?:\\.\\w+)+)['\`"]`, 'g')
const used = new Set([...sources.matchAll(quoted)].map(hit => hit[1]))
const prefixes = [...sources.matchAll(new RegExp(`\`((?:${features})\\.(?:\\w+\\.)*)\\$\\{`, 'g'))].map(
  hit => hit[1] ?? '',
)
/** Left to right, as they are loaded; the shell's come with each. */
const AREAS = ['shop', 'account', 'photographer', 'organizer', 'admin'] as const
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(hit => hit[1]).sort()

test('every key that the code asks for is in the catalogue', () => {
  expect([...used].filter(key => key !== undefined && !thai.has(key))).toEqual([])
})

test('a page asks only for sentences of its own area and of those to its left: others may not be loaded', () => {
  const strangers = AREAS.flatMap((area, rank) => {
    const others = AREAS.slice(rank + 1).flatMap(other => namespaces[other])
    const foreign = new RegExp(`['\`"](${others.join('|')})\\.\\w`)
    return others.length === 0
      ? []
      : files.filter(({ file, text }) => file.startsWith(`${area}/`) && foreign.test(text))
  })
  const below = new RegExp(`['\`"](${AREAS.flatMap(area => namespaces[area]).join('|')})\\.\\w`)
  const low = files.filter(({ file, text }) => /^(base|ui(?!\/gallery))\//.test(file) && below.test(text))
  expect([...strangers, ...low].map(({ file }) => file)).toEqual([])
})

test('what says that a page cannot be loaded needs nothing that is loaded', () => {
  const parts = ['App.vue', 'ErrorPage.vue', 'OfflineNote.vue', 'ProgressLine.vue', 'page-fault.ts']
  const first = new Set(flatten(firstWords.th).keys())
  const asked = files
    .filter(({ file }) => parts.some(part => file === `shell/${part}`) || file.startsWith('ui/'))
    .flatMap(({ text }) => [...text.matchAll(quoted)].map(hit => hit[1] ?? ''))
  expect(asked).not.toEqual([])
  expect(asked.filter(key => !first.has(key))).toEqual([])
})

test('every key of the catalogue is used', () => {
  const unused = [...thai.keys()].filter(key => !used.has(key) && !prefixes.some(prefix => key.startsWith(prefix)))
  expect(unused).toEqual([])
})

test('English has exactly the keys of Thai, and neither is empty', () => {
  expect([...english.keys()].sort()).toEqual([...thai.keys()].sort())
  expect([...thai, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('both languages fill in the same names', () => {
  const differing = [...thai].filter(([key, text]) => {
    const inEnglish = new Set(names(english.get(key) ?? ''))
    return [...inEnglish].join() !== [...new Set(names(text))].join()
  })
  expect(differing).toEqual([])
})

/** What a message gives when every name is filled in with its own mark, in each plural form. */
function render(locale: 'th' | 'en', key: string, text: string): string[] {
  const { t } = createI18n({ legacy: false, locale, messages: { th, en } }).global
  const values = Object.fromEntries(names(text).map(name => [name, `<${name}>`]))
  return [0, 1, 2].map(count => t(key, values, count))
}

test.each(['th', 'en'] as const)('every message in %s renders with its parameters', locale => {
  const complaints: unknown[] = []
  vi.spyOn(console, 'error').mockImplementation(complaint => void complaints.push(complaint))
  vi.spyOn(console, 'warn').mockImplementation(complaint => void complaints.push(complaint))
  const broken: string[] = []
  for (const [key, text] of locale === 'th' ? thai : english) {
    try {
      const rendered = render(locale, key, text).join(' ')
      const missing = names(text).filter(name => !rendered.includes(`<${name}>`))
      if (missing.length > 0 || rendered === '' || rendered.includes(key)) broken.push(`${key}: ${rendered}`)
    } catch (error) {
      broken.push(`${key}: ${String(error)}`)
    }
  }
  expect(broken).toEqual([])
  expect(complaints).toEqual([])
})
