import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../', import.meta.url))
const TOKENS = 'ui/styles/tokens.css'
/** The development server's page of components invents pictures. */
const SAMPLES = 'ui/gallery/'

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => /\.(vue|css)$/.test(file) && file !== TOKENS && !file.startsWith(SAMPLES))
  .map(file => ({ file, text: readFileSync(src + file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '') }))
const tokens = readFileSync(src + TOKENS, 'utf8')

/** `file: text` of each match of the pattern. */
const places = (pattern: RegExp): string[] =>
  files.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(hit => `${file}: ${hit[0]}`))

test('a colour is a token: none is written anywhere but in the tokens', () => {
  expect(places(/(?<![\w&/])#(?:[\da-f]{8}|[\da-f]{6}|[\da-f]{3,4})\b(?![\w-])/gi)).toEqual([])
  expect(places(/\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(/g)).toEqual([])
  expect(places(/(?:color|background|fill|stroke|border)[\w-]*:\s*(?:white|black|red|green|blue|gr[ae]y)\b/g)).toEqual(
    [],
  )
  // Tailwind's own colours are off, so that `bg-red-500` styles nothing.
  expect(tokens).toContain('--color-*: initial;')
  expect(
    places(/(?<=[\s"'`:])(?:bg|text|border|ring|fill|stroke|outline|from|via|to)-\w+-(?:\d00|50|950)(?![\w-])/g),
  ).toEqual([])
  expect(places(/-\[(?:white|black|red|green|blue|gr[ae]y)\]/g)).toEqual([])
})

test('every z-index is a step of the scale, in styles and in classes', () => {
  expect(places(/z-index:(?!\s*var\(--z-[a-z\d-]+\))[^;]*/g)).toEqual([])
  expect(places(/(?<=[\s"'`])-?z-(?!\(--z-[a-z\d-]+\))[\d[(][^\s"'`]*/g)).toEqual([])
  const steps = [...tokens.matchAll(/--z-[a-z\d-]+: (\d+);/g)].map(hit => Number(hit[1]))
  expect(steps.length).toBeGreaterThan(5)
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
})

test('every token that a style asks for is there', () => {
  const own = new Set(files.flatMap(({ text }) => [...text.matchAll(/(--[a-z][\w-]*)['"]?\s*:/g)].map(hit => hit[1])))
  const known = new Set([...tokens.matchAll(/(--[a-z][\w-]*):/g)].map(hit => hit[1]))
  const asked = files.flatMap(({ file, text }) =>
    [...text.matchAll(/\((--[a-z][\w-]*)/g)].map(hit => ({ file, token: hit[1] })),
  )
  expect(asked.length).toBeGreaterThan(100)
  // The name of one of several may be put together: `--chart-${n}`.
  const isKnown = (token = '') =>
    own.has(token) || (token.endsWith('-') ? [...known].some(name => name?.startsWith(token)) : known.has(token))
  expect(asked.filter(({ token }) => !isKnown(token))).toEqual([])
})

test('a component is styled by classes and by a style block of its own: no sheet lies beside it', () => {
  expect(files.map(({ file }) => file).filter(file => file.endsWith('.css') && !file.startsWith('ui/styles/'))).toEqual(
    [],
  )
  expect(places(/<style[^>]*\ssrc="\.[^>]*/g)).toEqual([])
  // A bound style has a value that is computed. A fixed one is a class.
  expect(places(/(?<=\s)style="[^"]*/g)).toEqual([])
  // A library's own sheet is as it is.
  expect(places(/<style(?![^>]*\b(?:scoped|src="[^."]))[^>]*>/g)).toEqual([])
})
