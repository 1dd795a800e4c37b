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

const number = (count: number) => count.toLocaleString('en-US')

/** The last line: how many photos there are, and how many of them the shop has, compared by their hashes. */
export const lastLine = (stored: number, all: number): string =>
  `${number(stored)} of ${number(all)} stored and verified`
