/**
 * Names for downloads in one folder: what the photographer called the file, without anything that a file system minds,
 * and with the right extension; names that come twice are numbered, `IMG_1 (2).jpg`.
 *
 * @param files in their order
 * @returns by id
 */
export function fileNames(files: readonly { id: string; fileName: string; format: string }[]): Map<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { id, fileName, format } of files) {
    const { stem, extension } = cleanName(fileName, format)
    let name = `${stem}.${extension}`
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${stem} (${number}).${extension}`
    taken.add(name.toLowerCase())
    names.set(id, name)
  }
  return names
}

const SAME_FORMAT: Record<string, readonly string[]> = {
  jpg: ['jpg', 'jpeg'],
  tiff: ['tif', 'tiff'],
  heic: ['heic', 'heif'],
}
const STEM_LENGTH = 120

function cleanName(fileName: string, format: string): { stem: string; extension: string } {
  const base = fileName.split(/[/\\]/).at(-1) ?? ''
  const [, stem = base, given = ''] = /^(.+)\.([A-Za-z0-9]{1,5})$/.exec(base) ?? []
  const fits = (SAME_FORMAT[format] ?? [format]).includes(given.toLowerCase())
  const clean = stem
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001F\u007F<>:"|?*]/g, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '')
  return { stem: [...clean].slice(0, STEM_LENGTH).join('') || 'photo', extension: fits ? given : format }
}
