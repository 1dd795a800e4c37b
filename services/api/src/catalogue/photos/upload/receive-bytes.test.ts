import sharp from 'sharp'
import { expect, test } from 'vitest'
import { receiveBytes } from './receive-bytes.ts'

const PIECE = 64 * 1024

/** A picture of more than 256 kB: noise is hardly compressed. */
const large = () => {
  const [width, height] = [1_000, 800]
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return sharp({ create: { width, height, channels: 3, background: '#000', noise } })
    .jpeg({ quality: 95 })
    .toBuffer()
}

async function* piecesOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

test('the first 256 kB of a file never wait for a search, each piece behind them does', async () => {
  const bytes = await large()
  expect(bytes.length).toBeGreaterThan(6 * PIECE)
  let asked = 0
  const waiting: (() => void)[] = []
  const pause = () => {
    asked += 1
    return new Promise<void>(resolve => void waiting.push(resolve))
  }
  const goOn = () => waiting.shift()?.()
  const { body, sha256 } = await receiveBytes(piecesOf(bytes), { maxPixels: 1e9, minSide: null }, pause)
  const arrived: Buffer[] = []
  body.on('data', (piece: Buffer) => void arrived.push(piece))
  const length = () => Buffer.concat(arrived).length
  await expect.poll(() => [asked, length()]).toEqual([1, 256 * 1024])
  goOn()
  await expect.poll(() => [asked, length()]).toEqual([2, 256 * 1024 + PIECE])
  const ended = new Promise(resolve => body.on('end', resolve))
  const goingOn = setInterval(goOn, 1)
  await ended
  clearInterval(goingOn)
  expect(Buffer.concat(arrived).equals(bytes)).toBe(true)
  expect(sha256()).toHaveLength(64)
})
