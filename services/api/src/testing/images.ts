import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A small JPEG of noise; every seed gives other bytes. */
export async function testJpeg(seed: number, { width = 64, height = 48 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: seed % 256, g: (seed >> 8) % 256, b: 80 } } })
    .withExif({ IFD0: { ImageDescription: `test ${seed}` } })
    .jpeg()
    .toBuffer()
}

/**
 * A PNG whose header claims any size; its picture is none.
 *
 * @param deflatedText bytes of a `zTXt` chunk once inflated
 */
export function testPng({ width, height, deflatedText = 0 }: { width: number; height: number; deflatedText?: number }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  const text = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(deflatedText, 'a'))])
  const chunks = [chunk('IHDR', header), ...(deflatedText > 0 ? [chunk('zTXt', text)] : [])]
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunks,
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
