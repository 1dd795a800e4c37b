import exifr from 'exifr'

// oxlint-disable-next-line import/no-named-as-default-member -- Node gets its CommonJS build, which has no named exports
const { parse } = exifr

/** What a camera wrote into the file. */
export interface CameraFacts {
  takenAt: Date | null
  camera: string | null
  lens: string | null
  /** Private: owner and admin only (spec/20). */
  latitude: number | null
  longitude: number | null
}

const NOTHING: CameraFacts = { takenAt: null, camera: null, lens: null, latitude: null, longitude: null }

/** Cameras without a time zone are taken to be set to Asia/Bangkok, which has no summer time. */
const DEFAULT_OFFSET = '+07:00'

/** Reads what it can; metadata too damaged to read are as good as none. */
export async function readCameraFacts(exif: Buffer | null): Promise<CameraFacts> {
  if (!exif) return NOTHING
  const tags = await parse(exif, OPTIONS).catch(() => null)
  if (!isRecord(tags)) return NOTHING
  const place = [tags.latitude, tags.longitude]
  const onEarth = isNumber(place[0], 90) && isNumber(place[1], 180)
  return {
    takenAt: takenAt(tags),
    camera: cameraName(text(tags.Make), text(tags.Model)),
    lens: text(tags.LensModel),
    latitude: onEarth ? (place[0] as number) : null,
    longitude: onEarth ? (place[1] as number) : null,
  }
}

const OPTIONS = {
  ifd0: { pick: ['Make', 'Model'] },
  exif: { pick: ['DateTimeOriginal', 'OffsetTimeOriginal', 'OffsetTime', 'SubSecTimeOriginal', 'LensModel'] },
  gps: true,
  reviveValues: false,
  mergeOutput: true,
} satisfies Parameters<typeof parse>[1]

/** `2026:03:01 06:30:00` and an offset `+07:00`, as EXIF 2.31 writes them. */
function takenAt(tags: Record<string, unknown>): Date | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text(tags.DateTimeOriginal) ?? '')
  if (!parts) return null
  const [, year, month, day, time] = parts
  const offset = [tags.OffsetTimeOriginal, tags.OffsetTime].map(text).find(value => /^[+-]\d\d:\d\d$/.test(value ?? ''))
  const fraction = /^\d{1,3}/.exec(text(tags.SubSecTimeOriginal) ?? '')?.[0] ?? '0'
  const taken = new Date(`${year}-${month}-${day}T${time}.${fraction.padEnd(3, '0')}${offset ?? DEFAULT_OFFSET}`)
  return Number.isNaN(taken.getTime()) || taken.getUTCFullYear() < 1990 ? null : taken
}

function cameraName(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make
  return model.toLowerCase().startsWith(make.toLowerCase().split(' ')[0]!) ? model : `${make} ${model}`
}

/** Printable text, at most 100 characters: metadata are a stranger's words. */
function text(value: unknown): string | null {
  const printable = typeof value === 'string' ? value.replaceAll(/\p{C}/gu, '').trim().slice(0, 100) : ''
  return printable === '' ? null : printable
}

const isNumber = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= limit

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
