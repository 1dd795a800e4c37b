import sharp from 'sharp'

/** A small JPEG of noise; every seed gives other bytes. */
export async function testJpeg(seed: number, { width = 64, height = 48 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: seed % 256, g: (seed >> 8) % 256, b: 80 } } })
    .withExif({ IFD0: { ImageDescription: `test ${seed}` } })
    .jpeg()
    .toBuffer()
}
