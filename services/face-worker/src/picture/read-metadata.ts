import exifr from 'exifr'
import { firstTime, type WrittenTime } from './read-time.ts'

// oxlint-disable-next-line import/no-named-as-default-member -- Node gets its CommonJS build, which has no named exports
const { parse } = exifr

/** What a camera wrote into the file. */
export interface CameraFacts {
  takenAt: Date | null
  camera: string | null
  lens: string | null
  exposureSeconds: number | null
  fNumber: number | null
  iso: number | null
  /** Millimetres. */
  focalLength: number | null
  /** Private, as all that follows: owner and admin only (spec/20). */
  cameraSerial: string | null
  lensSerial: string | null
  latitude: number | null
  longitude: number | null
}

/** Reads what it can; metadata too damaged to read are as good as none. */
export async function readCameraFacts(exif: Buffer | null, xmp: Buffer | null = null): Promise<CameraFacts> {
  const read: unknown = exif && (await parse(exif, OPTIONS).catch(() => null))
  const tags = isRecord(read) ? read : {}
  const place = [tags.latitude, tags.longitude]
  const onEarth = isNumber(place[0], 90) && isNumber(place[1], 180)
  return {
    takenAt: firstTime([...timesInExif(tags), ...timesInXmp(xmp)]),
    camera: cameraName(text(tags.Make), text(tags.Model)),
    lens: text(tags.LensModel),
    exposureSeconds: measure(tags.ExposureTime, MOST.exposureSeconds),
    fNumber: measure(tags.FNumber, MOST.fNumber),
    iso: isoOf(tags.ISO),
    focalLength: measure(tags.FocalLength, MOST.focalLength),
    cameraSerial: text(tags.SerialNumber),
    lensSerial: text(tags.LensSerialNumber),
    latitude: onEarth ? (place[0] as number) : null,
    longitude: onEarth ? (place[1] as number) : null,
  }
}

/** exifr calls DateTimeDigitized CreateDate and DateTime ModifyDate. */
const OPTIONS = {
  ifd0: { pick: ['Make', 'Model', 'ModifyDate'] },
  exif: {
    pick: [
      'DateTimeOriginal',
      'CreateDate',
      'OffsetTime',
      'OffsetTimeOriginal',
      'OffsetTimeDigitized',
      'SubSecTime',
      'SubSecTimeOriginal',
      'SubSecTimeDigitized',
      'LensModel',
      'ExposureTime',
      'FNumber',
      'ISO',
      'FocalLength',
      'SerialNumber',
      'LensSerialNumber',
    ],
  },
  gps: true,
  reviveValues: false,
  mergeOutput: true,
} satisfies Parameters<typeof parse>[1]

/** When the picture was taken, made digital, or last changed: in this order. */
function timesInExif(tags: Record<string, unknown>): WrittenTime[] {
  const time = (date: unknown, offset: unknown, fraction: unknown): WrittenTime => ({
    date: text(date),
    offsets: [text(offset), text(tags.OffsetTime)],
    fraction: text(fraction),
  })
  return [
    time(tags.DateTimeOriginal, tags.OffsetTimeOriginal, tags.SubSecTimeOriginal),
    time(tags.CreateDate, tags.OffsetTimeDigitized, tags.SubSecTimeDigitized),
    time(tags.ModifyDate, null, tags.SubSecTime),
  ]
}

const XMP_DATES = ['exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate', 'exif:DateTimeDigitized']
/** Larger packets hold histories and pictures; the dates stand at their beginning. */
const XMP_BYTES = 256 * 1024

/** As attributes or as elements, as XMP allows. */
function timesInXmp(xmp: Buffer | null): WrittenTime[] {
  const packet = xmp?.toString('utf8', 0, XMP_BYTES) ?? ''
  return XMP_DATES.map(name => ({
    date: text(new RegExp(`${name}(?:\\s{0,9}=\\s{0,9}["']|>)([^"'<>]{1,60})["'<]`).exec(packet)?.[1]),
  }))
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

/**
 * The largest values that a photo can have. A larger one is damage, such as an exposure of a day or a telescope's focal
 * length.
 */
const MOST = { exposureSeconds: 86_400, fNumber: 256, iso: 10_000_000, focalLength: 20_000 } as const

/** Some cameras write 0 where they do not know: a lens without contacts has no aperture. */
const measure = (value: unknown, most: number): number | null =>
  typeof value === 'number' && value > 1e-6 && value <= most ? value : null

/** Some write it twice, which is read as a `Uint16Array`. */
function isoOf(value: unknown): number | null {
  const iso = measure(value instanceof Uint16Array ? value[0] : value, MOST.iso)
  return iso !== null && iso >= 1 ? Math.round(iso) : null
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
