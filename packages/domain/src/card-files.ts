/** Files that cameras and computers leave beside photos; they are left out without a message. */
const LITTER =
  /^\.|^(thumbs\.db|desktop\.ini)$|\.(aae|avi|bak|bdm|cos|cpi|crdownload|ctg|dat|db|dop|info|ini|json|log|lrcat|lrcat-data|lrdata|lrv|lst|m2ts|mov|mp4|mpl|mts|part|pp3|sav|sha256|thm|tmp|txt|wav|xmp)$/i

/** A file that stands beside photos on a card but is none: left out without a word. */
export const isLitter = (name: string): boolean => LITTER.test(name)

/** Whether a file is a video: nobody expects one among photos, but it is on the card alone. */
export const isVideo = (name: string): boolean => /^[^.].*\.(avi|m2ts|mov|mp4|mts)$/i.test(name)

/** Raw formats: real photos that we cannot take. */
export const isRaw = (name: string): boolean => /\.(cr2|cr3|nef|nrw|arw|raf|orf|rw2|pef|dng|srw|3fr|iiq)$/i.test(name)

const stemOf = (name: string) => name.replace(/\.[^.]*$/, '').toLowerCase()

/** Raw files that are left out: all of them, and those without a finished photo of the same name beside them. */
export interface RawCount {
  raw: number
  alone: number
}

/**
 * The files of one folder that are sent: no litter and no raw file. Cameras set to "RAW + JPEG" write a raw file for
 * each photo.
 */
export function photosOfFolder<F extends { name: string }>(files: readonly F[]): { photos: F[] } & RawCount {
  const kept = files.filter(({ name }) => !isLitter(name))
  const photos = kept.filter(({ name }) => !isRaw(name))
  const finished = new Set(photos.map(({ name }) => stemOf(name)))
  const raw = kept.filter(({ name }) => isRaw(name))
  return { photos, raw: raw.length, alone: raw.filter(({ name }) => !finished.has(stemOf(name))).length }
}
