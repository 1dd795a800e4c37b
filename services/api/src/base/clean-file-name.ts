const LONGEST_NAME = 255

/** A name to show: without folders and control characters, never used as a path. */
export function cleanFileName(name: string | undefined): string {
  // Through UTF-8, so that no half of a surrogate pair is left.
  const plain = Buffer.from(name ?? '')
    .toString()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .at(-1)!
    .trim()
    .slice(0, LONGEST_NAME)
  return plain === '' || /^\.+$/.test(plain) ? 'photo' : plain
}
