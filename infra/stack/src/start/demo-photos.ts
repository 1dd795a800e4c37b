import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { Sharp } from 'sharp'

/** Six group photos come with @vladmandic/face-api (MIT); the rest is made from them here, so that no picture of a person is in the repository. */
const SAMPLES = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const COUNT = 6

const sample = (number: number) => sharp(join(SAMPLES, `sample${number}.jpg`))

type Variant = (photo: Sharp, width: number, height: number) => Sharp
const VARIANTS: Record<string, Variant> = {
  plain: photo => photo,
  mirror: photo => photo.flop(),
  bright: photo => photo.modulate({ brightness: 1.2 }),
  dusk: photo => photo.modulate({ brightness: 0.75, saturation: 0.9 }),
  left: (photo, width, height) => photo.extract({ left: 0, top: 0, width: Math.round(width * 0.66), height }),
  right: (photo, width, height) =>
    photo.extract({ left: Math.round(width * 0.34), top: 0, width: width - Math.round(width * 0.34), height }),
}

export interface DemoPhoto {
  fileName: string
  /** JPEG; the same on every run on this machine. */
  make(): Promise<Buffer>
}

/**
 * Forty photos, three minutes apart, by two cameras.
 *
 * @param from when the first was taken, by the clock in Bangkok: `2026-11-14T19:04`
 */
export function demoPhotos(from: string): DemoPhoto[] {
  const made: { number: number; name: string; variant: Variant }[] = []
  for (const [name, variant] of Object.entries(VARIANTS))
    for (let number = 1; number <= COUNT; number++) made.push({ number, name, variant })
  for (const number of [1, 4])
    made.push({ number, name: 'tilted', variant: photo => photo.rotate(4, { background: '#1a1714' }) })
  for (const number of [3, 6])
    made.push({ number, name: '24mp', variant: photo => photo.resize({ width: 6000, height: 4000, fit: 'cover' }) })
  return made.map(({ number, name, variant }, i) => ({
    fileName: `PIX_${String(1001 + i)}_${name}.jpg`,
    make: async () => {
      const { width = 0, height = 0 } = await sample(number).metadata()
      return variant(sample(number), width, height).withExif(exifOf(i, from)).jpeg({ quality: 90 }).toBuffer()
    },
  }))
}

function exifOf(i: number, from: string) {
  const clock = new Date(Date.parse(`${from}Z`) + i * 180_000 + ((i * 17) % 60) * 1_000)
  const text = clock.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ')
  const camera = i % 2 === 0 ? { Make: 'Canon', Model: 'Canon EOS R6' } : { Make: 'SONY', Model: 'ILCE-7M4' }
  return { IFD0: camera, IFD2: { DateTimeOriginal: text, OffsetTimeOriginal: '+07:00' } }
}

/** One person each, cut out of a sample in pixels of it. */
const SELFIES = [
  { file: 'selfie-1.jpg', number: 3, area: { left: 917, top: 90, width: 560, height: 560 } },
  { file: 'selfie-2.jpg', number: 6, area: { left: 524, top: 194, width: 560, height: 560 } },
]

/** Writes the demo selfies into the folder that the web server serves under `/demo/`. @returns their file names */
export async function writeDemoSelfies(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  for (const { file, number, area } of SELFIES) {
    await sample(number)
      .extract(area)
      .resize(720)
      .modulate({ brightness: 1.05 })
      .jpeg({ quality: 88 })
      .toFile(join(folder, file))
  }
  return SELFIES.map(({ file }) => file)
}
