/** What cameras and computers leave beside photos; nobody wants to hear about it. */
const LITTER =
  /^\.|^(thumbs\.db|desktop\.ini)$|\.(aae|avi|bak|bdm|cos|cpi|crdownload|ctg|dat|db|dop|info|ini|json|log|lrcat|lrcat-data|lrdata|lrv|lst|mov|mp4|mpl|part|pp3|sav|thm|tmp|txt|wav|xmp)$/i

/** A file that stands beside photos on a card but is none: left out without a word. */
export const isLitter = (name: string): boolean => LITTER.test(name)

/** Raw formats: real photos that we cannot take, so the page says so before anything is sent. */
export const isRaw = (name: string): boolean => /\.(cr2|cr3|nef|nrw|arw|raf|orf|rw2|pef|dng|srw|3fr|iiq)$/i.test(name)

const stemOf = (name: string) => name.replace(/\.[^.]*$/, '').toLowerCase()

/**
 * What of one folder is to be sent: no litter, and no raw file whose photo stands beside it as a JPEG or the like, as
 * cameras set to "RAW + JPEG" write them.
 */
export function photosOfFolder<F extends { name: string }>(files: readonly F[]): F[] {
  const kept = files.filter(({ name }) => !isLitter(name))
  const finished = new Set(kept.filter(({ name }) => !isRaw(name)).map(({ name }) => stemOf(name)))
  return kept.filter(({ name }) => !isRaw(name) || !finished.has(stemOf(name)))
}
