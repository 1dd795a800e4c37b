import { expect, test } from 'vitest'
import { isFigured, TOPICS } from './topics.ts'

const { en, th } = await import('../../shell/words-testing.ts')

type Words = { [key: string]: string | Words }
const flatten = (words: Words, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
const isHelp = ([key]: [string, string]) => /^(help|guides)\./.test(key)

test.each([
  ['th', th],
  ['en', en],
] as const)('what help and guides quote in %s stands on a screen, letter by letter', (_, words) => {
  const all = flatten(words as Words)
  const onScreens = new Set(all.filter(each => !isHelp(each)).map(([, text]) => text))
  const quotes = all
    .filter(isHelp)
    .flatMap(([key, text]) => [...text.matchAll(/“([^”]+)”/g)].map(hit => [key, hit[1]!]))
  expect(quotes.length).toBeGreaterThan(15)
  expect(quotes.filter(([, quoted]) => !onScreens.has(quoted!))).toEqual([])
})

test.each([
  ['th', th],
  ['en', en],
] as const)('answers in %s wait for figures where they have some, and only there', (_, words) => {
  const texts = new Map(flatten(words as Words))
  for (const one of TOPICS)
    for (const key of one.keys) {
      const hasFigures = /\{\w+\}/.test(texts.get(`help.${one.topic}.${key}.a`)!)
      expect([one.topic, key, hasFigures]).toEqual([one.topic, key, isFigured(one, key)])
    }
})
