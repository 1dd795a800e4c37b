import { createHash, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

// Group photos that the npm package carries; none of them is in this repository.
export const SAMPLES = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)

const sample = (number: number) => sharp(join(SAMPLES, `sample${number}.jpg`))
const HER = { left: 917, top: 90, width: 560, height: 560 }

export interface SamplePhoto {
  path: string
  name: string
  sha256: string
}

const taken = (minute: number) => `2026:11:14 19:${String(minute).padStart(2, '0')}:00`

/** Four photos of which two show the person of the camera; each run makes them new, so no other event holds the same bytes. */
export async function makePhotos(): Promise<SamplePhoto[]> {
  const folder = await mkdtemp(join(tmpdir(), 'thepixstock-e2e-'))
  const made = [3, 3, 4, 5].map(async (number, i) => {
    const name = `CARD_${1001 + i}.jpg`
    const path = join(folder, name)
    const picture = sample(number).modulate({ brightness: i === 1 ? 1.15 : 1 })
    const bytes = await picture
      .withExif({
        IFD0: { ImageDescription: folder },
        IFD2: { DateTimeOriginal: taken(i), OffsetTimeOriginal: '+07:00' },
      })
      .jpeg({ quality: 90 })
      .toBuffer()
    await writeFile(path, bytes)
    return { path, name, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  return Promise.all(made)
}

const BURST_CAMERA = 'Burst One'

/** How far each frame of the burst is out of focus: the third is the sharpest. */
const BLURS = [0.9, 0.7, 0, 1.1, 0.5]

/** Five photos of one moment that show the person of the camera, taken within three seconds. */
export async function makeBurst(): Promise<SamplePhoto[]> {
  const folder = await mkdtemp(join(tmpdir(), 'thepixstock-e2e-'))
  const made = BLURS.map(async (blur, i) => {
    const name = `BURST_${1001 + i}.jpg`
    const path = join(folder, name)
    const picture = blur === 0 ? sample(3) : sample(3).blur(blur)
    const time = `2026:11:14 19:30:0${Math.ceil((3 * i) / 4)}`
    const bytes = await picture
      .withExif({
        IFD0: { ImageDescription: folder, Model: BURST_CAMERA },
        IFD2: { DateTimeOriginal: time, OffsetTimeOriginal: '+07:00' },
      })
      .jpeg({ quality: 90 })
      .toBuffer()
    await writeFile(path, bytes)
    return { path, name, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  return Promise.all(made)
}

/** What the camera of the burst took half a minute later: nobody is seen in it. */
export async function makePhotoAfterBurst(): Promise<SamplePhoto> {
  const name = 'BURST_1006.jpg'
  const path = join(await mkdtemp(join(tmpdir(), 'thepixstock-e2e-')), name)
  const bytes = await sharp({ create: { ...PLAIN, background: '#4a6b52' } })
    .withExif({
      IFD0: { ImageDescription: path, Model: BURST_CAMERA },
      IFD2: { DateTimeOriginal: '2026:11:14 19:30:33', OffsetTimeOriginal: '+07:00' },
    })
    .jpeg({ quality: 90 })
    .toBuffer()
  await writeFile(path, bytes)
  return { path, name, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Photos of one colour each, 2400 × 1600 pixels, that show nobody. */
export async function makePlainPhotos(colours: readonly string[]): Promise<SamplePhoto[]> {
  const folder = await mkdtemp(join(tmpdir(), 'thepixstock-e2e-'))
  const made = colours.map(async (background, i) => {
    const name = `PLAIN_${1001 + i}.jpg`
    const path = join(folder, name)
    const bytes = await sharp({ create: { ...PLAIN, background } })
      .withExif({ IFD2: { DateTimeOriginal: taken(i), OffsetTimeOriginal: '+07:00' } })
      .jpeg({ quality: 95 })
      .toBuffer()
    await writeFile(path, bytes)
    return { path, name, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  return Promise.all(made)
}
/**
 * A memory card: so many different photos, the first of 12 MB, and two raw files. All show one plain picture, with a random
 * tail behind its end.
 */
export async function makeCard(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'thepixstock-card-'))
  const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#556677' } })
    .jpeg()
    .toBuffer()
  const photos = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const name = `IMG_${String(index + 1).padStart(4, '0')}.JPG`
      const path = join(folder, name)
      await writeFile(path, Buffer.concat([picture, randomBytes(index === 0 ? 12_000_000 : 60_000)]))
      return { name, path, sha256: await sha256Of(path) }
    }),
  )
  const raw = ['IMG_0001.CR3', 'IMG_9999.CR3'].map(name => ({ name, path: join(folder, name) }))
  for (const { path } of raw) await writeFile(path, 'raw')
  return {
    files: [...photos, ...raw],
    hashes: new Map(photos.map(({ name, sha256 }) => [name, sha256])),
  }
}

const PLAIN = { width: 2400, height: 1600, channels: 3 } as const

const FILM = { width: 1280, height: 720, channels: 3, background: '#8a8078' } as const
const her = (side: number) => sample(3).extract(HER).resize({ width: side, height: side }).toBuffer()
/** Her face, so many pixels wide with what is around it, at these places of the picture. */
async function film(side: number, ...places: { left: number; top: number }[]) {
  const input = await her(side)
  return sharp({ create: FILM }).composite(places.map(place => ({ input, ...place })))
}

const FILMS = {
  face: async () => {
    const face = await sample(3)
      .extract(HER)
      .resize({ width: 640, height: 640 })
      .extend({ left: 160, right: 160, background: '#8a8078' })
      .resize({ width: 1280, height: 853 })
      .toBuffer()
    return sharp(face).extract({ left: 0, top: 66, width: 1280, height: 720 })
  },
  far: () => film(200, { left: 540, top: 210 }),
  two: () => film(288, { left: 352, top: 180 }, { left: 640, top: 180 }),
  wall: async () => sharp({ create: { ...FILM, background: '#b8a890' } }),
}

/** A film of a still face, of one far away, of two side by side, or of a wall, for Chromium's fake camera, as Motion JPEG. */
export async function makeFilm(of: keyof typeof FILMS): Promise<string> {
  const face = await (await FILMS[of]()).jpeg({ quality: 92 }).toBuffer()
  const film = join(await mkdtemp(join(tmpdir(), 'thepixstock-e2e-')), 'camera.mjpeg')
  await writeFile(film, Buffer.concat(Array.from({ length: 10 }, () => face)))
  return film
}

const SELFIES = {
  small: () => sample(3).extract(HER),
  /** As phones keep it: 12 megapixels, lying on its side, and a note that says so. */
  large: () => sample(3).extract(HER).resize(3500).rotate(-90).withMetadata({ orientation: 6 }),
  'no face': () => sharp({ create: { width: 640, height: 800, channels: 3, background: '#b8a890' } }),
}

/** The person of the camera as a file of her own, or a wall. */
export async function makeSelfie(kind: keyof typeof SELFIES, format: 'jpg' | 'tiff' = 'jpg'): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'thepixstock-e2e-')), `me.${format}`)
  const picture = SELFIES[kind]()
  await (format === 'jpg' ? picture.jpeg({ quality: 92 }) : picture.tiff()).toFile(file)
  return file
}

export const sha256Of = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
