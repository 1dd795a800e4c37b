import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import { shop } from './shop.ts'

/** The source of every letter that the shop has delivered. A file that is still being written has another ending. */
export async function readLetters(): Promise<string[]> {
  const files = (await readdir(shop.mailDir)).filter(name => name.endsWith('.eml'))
  return Promise.all(files.map(name => readFile(join(shop.mailDir, name), 'utf8')))
}

/** What the letters to this address hold that fits the pattern: its first group, or all of it. Waits for the letter. */
async function foundIn(address: string, pattern: RegExp): Promise<string> {
  let found: string | undefined
  const arrived = async () => {
    for (const letter of await readLetters()) {
      // Long lines of a letter are folded, a link in its middle, too.
      const text = letter.replaceAll(/=\r?\n/g, '')
      const hit = text.includes(address) ? pattern.exec(text) : null
      if (hit) found ??= hit[1] ?? hit[0]
    }
    return found !== undefined
  }
  await vi.waitUntil(arrived, { timeout: 60_000, interval: 300 })
  return found!
}

/** The link of the letter to this address that leads to a page. */
export const linkTo = (address: string, page: string): Promise<string> =>
  foundIn(address, new RegExp(`https?://[^\\s"<]+${page}#[\\w-]+`))

/** The link of a letter to this address that ends letters of its kind. Its token has parts. */
export const letterLinkTo = (address: string): Promise<string> =>
  foundIn(address, /https?:\/\/[^\s"<]+\/letters#[\w-]+\.\w+\.[\w-]+/)

/** The code of 6 digits in the letter to this address: it stands in a line of its own. */
export const codeTo = (address: string): Promise<string> => foundIn(address, /^(\d{6})\r?$/m)
