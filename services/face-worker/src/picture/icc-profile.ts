/** Where the colours of a display lie (CIE 1931 xy), its white being D65, and how its numbers become light. */
export interface ColourSpace {
  red: readonly [number, number]
  green: readonly [number, number]
  blue: readonly [number, number]
  /** The exponent; without one, the curve of sRGB. */
  gamma?: number
}

export const ADOBE_RGB: ColourSpace = { red: [0.64, 0.33], green: [0.21, 0.71], blue: [0.15, 0.06], gamma: 563 / 256 }
export const DISPLAY_P3: ColourSpace = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] }
export const REC_2020: ColourSpace = { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] }

const D65 = [0.3127, 0.329] as const
const D50 = [0.9642, 1, 0.8249] as const
/** From D65 to D50 (Bradford). */
const ADAPT = [
  [1.0478112, 0.0228866, -0.050127],
  [0.0295424, 0.9904844, -0.0170491],
  [-0.0092345, 0.0150436, 0.7521316],
] as const

/** A display profile (ICC.1:2010) of a colour space, for pictures that name theirs without carrying one. */
export function iccProfile(space: ColourSpace): Buffer {
  const [red, green, blue] = colorants(space)
  const name = text('display')
  const curve = space.gamma === undefined ? srgbCurve() : gammaCurve(space.gamma)
  const tags: [string, Buffer][] = [
    ['desc', name],
    ['cprt', name],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const table = Buffer.alloc(4 + tags.length * 12)
  table.writeUInt32BE(tags.length)
  let offset = HEADER_BYTES + table.length
  for (const [i, [signature, data]] of tags.entries()) {
    table.write(signature, 4 + i * 12, 'latin1')
    table.writeUInt32BE(offset, 8 + i * 12)
    table.writeUInt32BE(data.length, 12 + i * 12)
    offset += data.length
  }
  return Buffer.concat([header(offset), table, ...tags.map(([, data]) => data)])
}

const HEADER_BYTES = 128

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.writeUInt32BE(size, 0)
  bytes.writeUInt32BE(0x04300000, 8) // version 4.3
  bytes.write('mntrRGB XYZ ', 12, 'latin1')
  bytes.write('acsp', 36, 'latin1')
  xyz(D50).copy(bytes, 68, 8)
  return bytes
}

/** The light of a colour of brightness 1. */
const lightOf = ([x, y]: readonly [number, number]) => [x / y, 1, (1 - x - y) / y]

/** The light of each primary at full, as the white of the connection space sees it. */
function colorants({ red, green, blue }: ColourSpace): [number[], number[], number[]] {
  const [r, g, b, white] = [red, green, blue, D65].map(lightOf) as [number[], number[], number[], number[]]
  const whole = determinant(r, g, b)
  const shares = [determinant(white, g, b), determinant(r, white, b), determinant(r, g, white)]
  const adapted = [r, g, b].map((primary, i) =>
    ADAPT.map(row => (shares[i]! / whole) * (row[0] * primary[0]! + row[1] * primary[1]! + row[2] * primary[2]!)),
  )
  return adapted as [number[], number[], number[]]
}

const determinant = (a: number[], b: number[], c: number[]): number =>
  a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
  b[0]! * (a[1]! * c[2]! - a[2]! * c[1]!) +
  c[0]! * (a[1]! * b[2]! - a[2]! * b[1]!)

const element = (type: string, length: number): Buffer => {
  const bytes = Buffer.alloc(8 + length)
  bytes.write(type, 0, 'latin1')
  return bytes
}
const fixed = (value: number): number => Math.round(value * 65_536)

function xyz(values: readonly number[]): Buffer {
  const bytes = element('XYZ ', 12)
  for (const [i, value] of values.entries()) bytes.writeInt32BE(fixed(value), 8 + i * 4)
  return bytes
}

/** IEC 61966-2-1 as a parametric curve of type 3. */
function srgbCurve(): Buffer {
  const bytes = element('para', 24)
  bytes.writeUInt16BE(3, 8)
  for (const [i, value] of [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].entries())
    bytes.writeInt32BE(fixed(value), 12 + i * 4)
  return bytes
}

function gammaCurve(exponent: number): Buffer {
  const bytes = element('para', 8)
  bytes.writeInt32BE(fixed(exponent), 12)
  return bytes
}

/** One name in English. */
function text(words: string): Buffer {
  const bytes = element('mluc', 20 + words.length * 2 + (words.length % 2) * 2)
  bytes.writeUInt32BE(1, 8)
  bytes.writeUInt32BE(12, 12)
  bytes.write('enUS', 16, 'latin1')
  bytes.writeUInt32BE(words.length * 2, 20)
  bytes.writeUInt32BE(28, 24)
  for (const [i, letter] of [...words].entries()) bytes.writeUInt16BE(letter.codePointAt(0)!, 28 + i * 2)
  return bytes
}
