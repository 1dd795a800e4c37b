import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** A range of code points, both ends included. */
type Range = readonly [from: number, to: number]

export interface ShippedFont {
  /** File below node_modules/@fontsource-variable. */
  source: string
  /** The characters kept; `unicode-range` in src/ui/styles/fonts.css names the same. */
  ranges: readonly Range[]
  /** One weight, or the weights between two. */
  weight: number | { min: number; max: number }
  /** OpenType features that pages use or that letters need. */
  features: readonly string[]
}

/** English and what people of other countries need for their names, punctuation, arrows and signs of our screens. */
const LATIN: readonly Range[] = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x131, 0x131],
  [0x152, 0x153],
  [0x2013, 0x2014],
  [0x2018, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2039, 0x203a],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
]
const THAI: readonly Range[] = [
  [0xe01, 0xe3a],
  [0xe3f, 0xe5b],
  [0x200c, 0x200d],
  [0x25cc, 0x25cc],
]
/** Kerning, ligatures, and marks above and below letters. */
const LETTERS = ['kern', 'liga', 'calt', 'ccmp', 'locl', 'mark', 'mkmk']

export const FONTS: Readonly<Record<string, ShippedFont>> = {
  inter: {
    source: 'inter/files/inter-latin-wght-normal.woff2',
    ranges: LATIN,
    weight: { min: 400, max: 700 },
    features: [...LETTERS, 'tnum', 'lnum', 'cv11'],
  },
  'noto-sans-thai': {
    source: 'noto-sans-thai/files/noto-sans-thai-thai-wght-normal.woff2',
    ranges: THAI,
    weight: { min: 400, max: 700 },
    features: LETTERS,
  },
  'playfair-display': {
    source: 'playfair-display/files/playfair-display-latin-wght-normal.woff2',
    ranges: LATIN,
    weight: 600,
    features: [...LETTERS, 'lnum', 'tnum'],
  },
  'noto-serif-thai': {
    source: 'noto-serif-thai/files/noto-serif-thai-thai-wght-normal.woff2',
    ranges: THAI,
    weight: 600,
    features: LETTERS,
  },
}

const packages = fileURLToPath(new URL('../node_modules/@fontsource-variable/', import.meta.url))
/** Where fonts.css and index.html find them. */
const folder = fileURLToPath(new URL('../node_modules/.fonts/', import.meta.url))

/**
 * Cuts the fonts down to the letters, weights and features that the shop uses, before anything asks for them. Their
 * licences go into the build beside them, as the licences want.
 */
export function subsetFonts(): Plugin {
  return {
    name: 'subset-fonts',
    config: writeFonts,
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'font-licences.txt', source: fontLicences() })
    },
  }
}

/** The licence of each font that is shipped, as its package has it. */
export const fontLicences = (): string =>
  Object.values(FONTS)
    .map(({ source }) => readFileSync(`${packages}${source.split('/')[0]}/LICENSE`, 'utf8'))
    .join('\n\n')

/** Writes every font that is not there yet. */
async function writeFonts(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const marks = `${folder}made-from.json`
  const before = existsSync(marks) ? (JSON.parse(readFileSync(marks, 'utf8')) as Record<string, string>) : {}
  const now: Record<string, string> = {}
  for (const [name, font] of Object.entries(FONTS)) {
    const source = readFileSync(packages + font.source)
    const mark = createHash('sha256').update(source).update(JSON.stringify(font)).digest('hex')
    const file = `${folder}${name}.woff2`
    if (before[name] !== mark || !existsSync(file)) writeFileSync(file, await subset(source, font))
    now[name] = mark
  }
  writeFileSync(marks, JSON.stringify(now))
}

/** @returns a woff2 file with the characters, weights and features of a font that are shipped */
export function subset(source: Buffer, { ranges, weight, features }: ShippedFont): Promise<Buffer> {
  return subsetFont(source, charactersOf(ranges), {
    targetFormat: 'woff2',
    variationAxes: { wght: weight },
    keepFeatures: [...features],
  })
}

export const charactersOf = (ranges: readonly Range[]): string =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)))
    .join('')
