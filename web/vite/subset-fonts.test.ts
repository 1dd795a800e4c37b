import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en, th } from '../src/shell/words-testing.ts'
import { charactersOf, fontLicences, FONTS, type ShippedFont, subset } from './subset-fonts.ts'

const css = readFileSync(new URL('../src/ui/styles/fonts.css', import.meta.url), 'utf8')
const sourceOf = ({ source }: ShippedFont) =>
  readFileSync(new URL(`../node_modules/@fontsource-variable/${source}`, import.meta.url))

const textsOf = (messages: object): string[] =>
  Object.values(messages).flatMap((message: unknown) =>
    typeof message === 'object' && message !== null ? textsOf(message) : [String(message)],
  )

/** As the style sheet writes it: `U+0020-007E`. */
const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0')
const asCss = ({ ranges }: ShippedFont) =>
  ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ')

test('every character of the words on our screens is in a font for text and in one for headings', () => {
  const words = new Set(textsOf([th, en]).join('').replaceAll(/\s/g, ''))
  for (const [latin, thai] of [
    ['inter', 'noto-sans-thai'],
    ['playfair-display', 'noto-serif-thai'],
  ] as const) {
    const shipped = charactersOf([...FONTS[latin]!.ranges, ...FONTS[thai]!.ranges])
    expect([...words].filter(character => !shipped.includes(character))).toEqual([])
  }
})

test('the style sheet asks for a font where, and only where, the font has the character', () => {
  for (const [name, font] of Object.entries(FONTS)) {
    const face = css.split('@font-face').find(face => face.includes(`/${name}.woff2`))
    const range = /unicode-range:([^;]*);/
      .exec(face ?? '')?.[1]
      ?.trim()
      .replaceAll(/\s+/g, ' ')
    expect([name, range]).toEqual([name, asCss(font)])
  }
})

test('the fonts of a page in both languages are less than 80 kB, and no more is shipped', async () => {
  const sizes = await Promise.all(Object.values(FONTS).map(async font => (await subset(sourceOf(font), font)).length))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(80_000)
  const shipped = new Set(Array.from(css.matchAll(/url\(([^)]+)\)/g), ([, url]) => url))
  expect(shipped.size).toBe(Object.keys(FONTS).length)
})

test('the build brings the licence of every font that it ships', () => {
  const text = fontLicences()
  for (const family of ['Inter', 'Noto', 'Playfair']) expect(text).toMatch(new RegExp(`Copyright .*${family}`))
  expect(text.match(/SIL OPEN FONT LICENSE Version 1\.1/g)).toHaveLength(Object.keys(FONTS).length)
})
