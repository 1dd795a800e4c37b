import { chainOf, readTiff, TAG } from './tiff-directories.ts'

const RGB = 2
/** A tag that nobody reads (TIFF 6.0: private tags begin at 32768). */
const NOBODYS = 34674

/**
 * Marks an 8-bit CIELab TIFF as RGB and takes its profile out. sharp's library cannot read CIELab; of an RGB file it
 * returns the three numbers of each pixel unchanged.
 */
export function labAsRgb(bytes: Buffer): Buffer {
  const tiff = readTiff(bytes)
  if (!tiff) return bytes
  const patched = Buffer.from(bytes)
  const put = (at: number, value: number) =>
    tiff.littleEndian ? patched.writeUInt16LE(value, at) : patched.writeUInt16BE(value, at)
  let offset = tiff.first
  for (const directory of chainOf(tiff)) {
    const colour = tiff.entryOf(offset, TAG.photometric)
    const profile = tiff.entryOf(offset, TAG.iccProfile)
    if (colour !== null) put(colour + 8, RGB)
    if (profile !== null) put(profile, NOBODYS)
    offset = directory.next
  }
  return patched
}

/** L*, a*, b* as TIFF 6.0 section 23 writes them, to sRGB, in place: L* 0..255 for 0..100, the others signed. */
export function labToSrgb(data: Buffer): void {
  for (let i = 0; i + 2 < data.length; i += 3) {
    const fy = ((data[i]! / 255) * 100 + 16) / 116
    const fx = fy + signed(data[i + 1]!) / 500
    const fz = fy - signed(data[i + 2]!) / 200
    // The white of the profile connection space is D50.
    const [x, y, z] = [0.9642 * linear(fx), linear(fy), 0.8249 * linear(fz)]
    data[i] = gamma(3.1338561 * x - 1.6168667 * y - 0.4906146 * z)
    data[i + 1] = gamma(-0.9787684 * x + 1.9161415 * y + 0.033454 * z)
    data[i + 2] = gamma(0.0719453 * x - 0.2289914 * y + 1.4052427 * z)
  }
}

const signed = (byte: number): number => (byte > 127 ? byte - 256 : byte)
const linear = (f: number): number => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29))
const gamma = (value: number): number => {
  const share = Math.min(1, Math.max(0, value))
  return Math.round(255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055))
}
