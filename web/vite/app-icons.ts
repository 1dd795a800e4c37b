import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Plugin } from 'vite'

const MARK = fileURLToPath(new URL('../public/favicon.svg', import.meta.url))
/** Behind the mark. */
const GROUND = '#14120E'
/** What a mask may cut off is outside the middle 80 % (https://www.w3.org/TR/appmanifest/#icon-masks). */
const MASKED_SHARE = 0.7

/** Draws the icons of an installed shop from our mark: plain ones with its round corners, and whole squares. */
export function appIcons(): Plugin {
  return {
    name: 'app-icons',
    apply: 'build',
    async generateBundle() {
      const mark = await readFile(MARK)
      const icons = [
        ['plain-192', await plain(mark, 192)],
        ['plain-512', await plain(mark, 512)],
        ['maskable-512', await square(mark, 512)],
        ['touch-180', await square(mark, 180)],
      ] as const
      for (const [name, source] of icons) this.emitFile({ type: 'asset', fileName: `icons/${name}.png`, source })
    },
  }
}

const plain = (mark: Buffer, size: number): Promise<Buffer> =>
  sharp(mark, { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ palette: true })
    .toBuffer()

async function square(mark: Buffer, size: number): Promise<Buffer> {
  const inner = await plain(mark, Math.round(size * MASKED_SHARE))
  return sharp({ create: { width: size, height: size, channels: 3, background: GROUND } })
    .composite([{ input: inner }])
    .png({ palette: true })
    .toBuffer()
}
