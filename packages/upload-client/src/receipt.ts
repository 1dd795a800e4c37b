import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface Stored {
  name: string
  sha256: string
}

/** A list as `sha256sum -c` and `shasum -c` read it. */
export const receiptText = (files: readonly Stored[]): string =>
  files
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('')

/**
 * Writes a receipt beside those of other cards: one that proves files which are not in this list keeps its name, and this
 * one takes the next number.
 *
 * @param path `night-run.sha256`; the next is `night-run-2.sha256`
 * @returns the path that it was written to
 */
export function writeReceipt(path: string, files: readonly Stored[]): string {
  const text = receiptText(files)
  const lines = new Set(text.split('\n'))
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? path : path.replace(/(\.[^.]*)?$/, `-${n}$1`)
    const isOthers =
      existsSync(free) &&
      readFileSync(free, 'utf8')
        .split('\n')
        .some(line => !lines.has(line))
    if (isOthers) continue
    writeFileSync(free, text)
    return free
  }
}
