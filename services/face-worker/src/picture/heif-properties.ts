import { type HeifBox, heifBoxes } from '@pix/domain/heif-boxes.ts'

/** What a HEIF file says of its primary picture (ISO/IEC 23008-12, ISO/IEC 14496-12). */
export interface HeifProperties {
  /** It is turned or mirrored by the file itself; EXIF then only repeats that. */
  isTurned: boolean
  icc: Buffer | null
  /** Colour primaries and transfer by number (ITU-T H.273). */
  nclx: { primaries: number; transfer: number } | null
}

/** Null where the file does not say which picture is its primary one, or is broken: sharp's library decides then. */
export function readHeif(bytes: Buffer): HeifProperties | null {
  const meta = boxesIn(bytes, 0, bytes.length).find(box => box.type === 'meta')
  if (!meta) return null
  const inside = boxesIn(bytes, meta.from + 4, meta.to) // behind its version and flags
  const pitm = inside.find(box => box.type === 'pitm')
  const iprp = inside.find(box => box.type === 'iprp')
  if (!pitm || !iprp) return null
  const item = readUInt(bytes, pitm.from + 4, bytes[pitm.from] === 0 ? 2 : 4)
  const containers = boxesIn(bytes, iprp.from, iprp.to)
  const ipco = containers.find(box => box.type === 'ipco')
  if (!ipco) return null
  const properties = boxesIn(bytes, ipco.from, ipco.to)
  const own = containers
    .filter(box => box.type === 'ipma')
    .flatMap(box => associationsOf(bytes, box, item))
    .flatMap(index => properties[index - 1] ?? [])
  const colours = own.filter(box => box.type === 'colr')
  const kindOf = (box: HeifBox) => bytes.toString('latin1', box.from, box.from + 4)
  const profile = colours.find(box => kindOf(box) === 'prof' || kindOf(box) === 'rICC')
  const nclx = colours.find(box => kindOf(box) === 'nclx')
  return {
    isTurned: own.some(box => box.type === 'irot' || box.type === 'imir'),
    icc: profile ? bytes.subarray(profile.from + 4, profile.to) : null,
    nclx: nclx ? { primaries: readUInt(bytes, nclx.from + 4, 2), transfer: readUInt(bytes, nclx.from + 6, 2) } : null,
  }
}

/** Numbers of an item's properties, from 1. */
function associationsOf(bytes: Buffer, { from, to }: HeifBox, item: number): number[] {
  const [version, wide] = [bytes[from] ?? 0, ((bytes[from + 3] ?? 0) & 1) === 1]
  const idBytes = version === 0 ? 2 : 4
  const count = readUInt(bytes, from + 4, 4)
  let at = from + 8
  for (let entry = 0; entry < count && at < to; entry++) {
    const id = readUInt(bytes, at, idBytes)
    const properties = bytes[at + idBytes] ?? 0
    at += idBytes + 1
    if (id === item) {
      // The highest bit says that a reader must understand the property.
      return Array.from({ length: properties }, (_, i) =>
        wide ? readUInt(bytes, at + i * 2, 2) & 0x7fff : readUInt(bytes, at + i, 1) & 0x7f,
      )
    }
    at += properties * (wide ? 2 : 1)
  }
  return []
}

const boxesIn = (bytes: Buffer, from: number, to: number): HeifBox[] =>
  heifBoxes(bytes, from, to).filter(({ isWhole }) => isWhole)

const readUInt = (bytes: Buffer, at: number, size: number): number =>
  at >= 0 && at + size <= bytes.length ? bytes.readUIntBE(at, size) : 0
