import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../', import.meta.url))
const TOKENS = 'ui/styles/tokens.css'
/** The development server's page of components invents pictures. */
const SAMPLES = 'ui/gallery/'

interface Style {
  file: string
  text: string
}

const withoutComments = (file: string, text: string): Style => ({
  file,
  text: text.replaceAll(/\/\*[\s\S]*?\*\//g, ''),
})

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.(vue|css)$/.test(file) && file !== TOKENS && !file.startsWith(SAMPLES))
  .map(file => withoutComments(file, readFileSync(src + file, 'utf8')))
const tokens = readFileSync(src + TOKENS, 'utf8')

/** `file: text` of each match of one of the patterns. */
const places = (styles: Style[], patterns: RegExp[]): string[] =>
  styles.flatMap(({ file, text }) =>
    patterns.flatMap(pattern => [...text.matchAll(pattern)].map(hit => `${file}: ${hit[0]}`)),
  )

const COLOURS = [
  /(?<![\w&/])#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b(?![\w-])/gi,
  /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/g,
  /(?:color|background|fill|stroke|border)[\w-]*:\s*(?:white|black|red|green|blue|gr[ae]y)\b/g,
  // Tailwind's own.
  /(?<=[\s"'`:])(?:bg|text|border|ring|fill|stroke|outline|from|via|to)-\w+-(?:\d00|50|950)(?![\w-])/g,
  /-\[(?:white|black|red|green|blue|gr[ae]y)\]/g,
]
const LAYERS = [/z-index:(?!\s*var\(--z-[a-z\d-]+\))[^;]*/g, /(?<=[\s"'`])-?z-(?!\(--z-[a-z\d-]+\))[\d[(][^\s"'`]*/g]
const OWN_STYLES = [
  /<style[^>]*\ssrc="\.[^>]*/g,
  // A bound style has a value that is computed. A fixed one is a class.
  /(?<=\s)style="[^"]*/g,
  // A library's own sheet is as it is.
  /<style(?![^>]*\b(?:scoped|src="[^."]))[^>]*>/g,
]

test('a colour is a token: none is written anywhere but in the tokens', () => {
  expect(places(files, COLOURS)).toEqual([])
  // Tailwind's own colours are off, so that `bg-red-500` styles nothing.
  expect(tokens).toContain('--color-*: initial;')
})

const steps = (sheet: string): number[] => [...sheet.matchAll(/--z-[a-z\d-]+: (\d+);/g)].map(hit => Number(hit[1]))
const isScale = (numbers: number[]): boolean => numbers.every((step, i) => i === 0 || step >= numbers[i - 1]!)

test('every z-index is a step of the scale, in styles and in classes', () => {
  expect(places(files, LAYERS)).toEqual([])
  expect(steps(tokens).length).toBeGreaterThan(5)
  expect(isScale(steps(tokens))).toBe(true)
  expect(isScale(steps(':root { --z-bar: 20; --z-dialog: 10; }'))).toBe(false)
})

/** Tokens that a style asks for. */
const asked = (styles: Style[]) =>
  styles.flatMap(({ file, text }) => [...text.matchAll(/\((--[a-z][\w-]*)/g)].map(hit => ({ file, token: hit[1]! })))

/** Those that stand neither in the sheet of tokens nor in one of the styles. */
function unknownTokens(styles: Style[], sheet: string) {
  const own = new Set(styles.flatMap(({ text }) => [...text.matchAll(/(--[a-z][\w-]*)['"]?\s*:/g)].map(hit => hit[1])))
  const known = new Set([...sheet.matchAll(/(--[a-z][\w-]*):/g)].map(hit => hit[1]))
  // The name of one of several may be put together: `--chart-${n}`.
  const isKnown = (token: string) =>
    own.has(token) || (token.endsWith('-') ? [...known].some(name => name?.startsWith(token)) : known.has(token))
  return asked(styles).filter(({ token }) => !isKnown(token))
}

test('every token that a style asks for is there', () => {
  expect(asked(files).length).toBeGreaterThan(100)
  expect(unknownTokens(files, tokens)).toEqual([])
})

const sheetsBeside = (styles: Style[]): string[] =>
  styles.map(({ file }) => file).filter(file => file.endsWith('.css') && !file.startsWith('ui/styles/'))

test('a component is styled by classes and by a style block of its own: no sheet lies beside it', () => {
  expect(sheetsBeside(files)).toEqual([])
  expect(places(files, OWN_STYLES)).toEqual([])
})

test.each([
  ['a colour in hexadecimal', COLOURS, '<style scoped>\np { color: #fa0; }\n</style>'],
  ['one with transparency', COLOURS, '<style scoped>\np { outline-color: #ffaa0080; }\n</style>'],
  ['a colour by its parts', COLOURS, '<style scoped>\np { color: oklch(0.7 0.1 200); }\n</style>'],
  ['a colour by its name', COLOURS, '<style scoped>\np { background-color: white; }\n</style>'],
  ['a colour of Tailwind', COLOURS, '<template><p class="mt-2 bg-red-500" /></template>'],
  ['one for a state', COLOURS, '<template><p class="hover:text-slate-50" /></template>'],
  ['a colour in a class', COLOURS, '<template><p class="bg-[#ffaa00]" /></template>'],
  ['a name in a class', COLOURS, '<template><p class="bg-[white]" /></template>'],
  ['a layer by its number', LAYERS, '<style scoped>\np { z-index: 10; }\n</style>'],
  ['a layer in a class', LAYERS, '<template><p class="z-10" /></template>'],
  ['a layer in brackets', LAYERS, '<template><p class="z-[999]" /></template>'],
  ['a sheet of its own', OWN_STYLES, '<style scoped src="./page.css"></style>'],
  ['a fixed style', OWN_STYLES, '<template><p style="margin: 0" /></template>'],
  ['a style for all pages', OWN_STYLES, '<style>\np { margin: 0; }\n</style>'],
])('a planted fault is found: %s', (_, patterns, text) => {
  expect(places([withoutComments('shop/A.vue', text)], patterns)).toHaveLength(1)
})

test('a planted fault is found: a token that is nowhere, a sheet beside a component', () => {
  const style = withoutComments(
    'shop/A.vue',
    'p { --own: 1px; width: var(--own); color: var(--inc); order: var(--step-${n}) }',
  )
  expect(unknownTokens([style], ':root { --ink: black; --step-1: 1; }')).toEqual([
    { file: 'shop/A.vue', token: '--inc' },
  ])
  expect(sheetsBeside([{ file: 'shop/page.css', text: '' }])).toEqual(['shop/page.css'])
})

test('tokens, steps of the scale, scoped blocks, computed styles and comments are none', () => {
  const sound = `<template><a href="#fa0-top" class="z-(--z-bar) bg-surface" :style="{ width }">&#123;</a></template>
<style scoped>\n/* was #ffaa00 */\np { color: var(--ink); z-index: var(--z-bar); }\n</style>`
  expect(places([withoutComments('shop/A.vue', sound)], [...COLOURS, ...LAYERS, ...OWN_STYLES])).toEqual([])
})
