/** Tag, type and value of a TIFF directory: 3 is a short, 4 a long, 7 bytes elsewhere. */
type Entry = [tag: number, type: number, count: number, value: number]

/**
 * Pixels as an uncompressed TIFF that carries a colour profile and says which way is up: sharp takes neither beside raw
 * pixels.
 *
 * @param orientation as EXIF numbers them, 1 to 8
 */
export function wrapPixels(
  { data, width, height }: { data: Buffer; width: number; height: number },
  { icc, orientation }: { icc: Buffer | null; orientation: number },
): Buffer {
  const entries: Entry[] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 3, 0],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 0],
    [274, 3, 1, orientation],
    [277, 3, 1, 3],
    [278, 4, 1, height],
    [279, 4, 1, data.length],
  ]
  if (icc) entries.push([34675, 7, icc.length, 0])
  const depths = 8 + 2 + entries.length * 12 + 4
  const profile = depths + 6
  const pixels = profile + Math.ceil((icc?.length ?? 0) / 2) * 2
  const places = new Map([
    [258, depths],
    [273, pixels],
    [34675, profile],
  ])
  const head = Buffer.alloc(pixels)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + i * 12
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(places.get(tag) ?? value, at + 8)
  }
  for (const i of [0, 1, 2]) head.writeUInt16LE(8, depths + i * 2)
  icc?.copy(head, profile)
  return Buffer.concat([head, data])
}
