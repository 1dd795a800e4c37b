import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import { shop } from './shop.ts'

/** The link of the letter to this address that leads to a page; waits until the letter has arrived. */
export async function linkTo(address: string, page: string): Promise<string> {
  const pattern = new RegExp(`https?://[^\\s"<]+${page}#[\\w-]+`)
  let link: string | undefined
  const arrived = async () => {
    for (const file of await readdir(shop.mailDir)) {
      // Long lines of a letter are folded, a link in its middle, too.
      const text = (await readFile(join(shop.mailDir, file), 'utf8')).replaceAll(/=\r?\n/g, '')
      if (text.includes(address)) link ??= pattern.exec(text)?.[0]
    }
    return link !== undefined
  }
  await vi.waitUntil(arrived, { timeout: 60_000, interval: 300 })
  return link!
}
