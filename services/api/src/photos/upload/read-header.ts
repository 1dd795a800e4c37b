import sharp from 'sharp'

/**
 * Pixels that the header claims, or null where the first bytes do not tell (a TIFF's directory may lie at the end; the
 * worker's decode decides then). Nothing is decoded, so a bomb costs nothing.
 */
export async function readHeader(head: Buffer): Promise<{ width: number; height: number } | null> {
  try {
    const { width, height } = await sharp(head, { limitInputPixels: false, failOn: 'none' }).metadata()
    return width > 0 && height > 0 ? { width, height } : null
  } catch {
    return null
  }
}
