/** The longest file name that all common file systems take: ext4, APFS and NTFS take this many bytes of UTF-8. */
const LIMIT_BYTES = 255

/** The extensions of each format; a name that has none of them gets the first. */
const EXTENSIONS: Record<string, readonly string[]> = {
  jpg: ['jpg', 'jpeg'],
  tiff: ['tiff', 'tif'],
  heic: ['heic', 'heif'],
}

/** Windows opens a device for these, whatever follows their first dot. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\.|$)/i

/**
 * Names for the files of one folder, for a ZIP as for single downloads. Each is the photographer's name with the
 * extension of the true format, without signs that a file system refuses, and at most 255 bytes long. Names that come
 * twice are numbered, `IMG_1 (2).jpg`, also where only upper and lower case differ.
 *
 * @param files in their order
 * @returns by id
 */
export function fileNames(files: readonly { id: string; fileName: string; format: string }[]): Map<string, string> {
  const taken = new Set<string>()
  /** By name: the number to try next. */
  const next = new Map<string, number>()
  const names = new Map<string, string>()
  for (const { id, fileName, format } of files) {
    const { stem, extension } = splitName(fileName, format)
    let name = joinName(stem, '', extension)
    const key = folded(name)
    let number = next.get(key) ?? 2
    while (taken.has(folded(name))) {
      name = joinName(stem, ` (${number})`, extension)
      number += 1
    }
    next.set(key, number)
    taken.add(folded(name))
    names.set(id, name)
  }
  return names
}

const folded = (name: string): string => name.toUpperCase().toLowerCase()

function splitName(fileName: string, format: string): { stem: string; extension: string } {
  const base = fileName.split(/[/\\]/).at(-1)!
  const [, before = base, given = ''] = /^(.+)\.([A-Za-z0-9]{1,8})$/.exec(base) ?? []
  const fitting = EXTENSIONS[format] ?? [format]
  const extension = fitting.includes(given.toLowerCase()) ? given : fitting[0]!
  const clean = before
    .normalize('NFC')
    // Marks that turn the reading order would hide an extension. Joiners stay, since emoji and some scripts need them.
    .replaceAll(/[\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, sign =>
      /\u200C|\u200D|[\u{E0020}-\u{E007F}]/u.test(sign) ? sign : '',
    )
    .replaceAll(/[\p{Cc}\p{Cs}<>:"|?*]/gu, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '')
  const stem = clean === '' ? 'photo' : clean
  return { stem: RESERVED.test(stem) ? `_${stem}` : stem, extension }
}

/** The name is cut to leave room for number and extension, between two letters as a reader sees them. */
function joinName(stem: string, number: string, extension: string): string {
  const room = LIMIT_BYTES - bytesOf(`${number}.${extension}`)
  if (bytesOf(stem) <= room) return `${stem}${number}.${extension}`
  let kept = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(stem)) {
    used += bytesOf(segment)
    if (used > room) break
    kept += segment
  }
  return `${kept.replace(/[\s.]+$/, '') || 'photo'}${number}.${extension}`
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
