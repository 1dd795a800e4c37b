import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the test data beside the checkout, or null where there is none: its tests are then skipped. */
export function sharedFile(path: string): string | null {
  const full = fileURLToPath(new URL(`../../../../../shared/${path}`, import.meta.url))
  return existsSync(full) ? full : null
}

/** The rows of a CSV file of the test data by its first line's names; quoted cells may hold commas. */
export function sharedRows(path: string): Record<string, string>[] {
  const [names = [], ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map(cell => cell.replace(/,$/, '').replaceAll('"', '')))
  return rows.map(cells => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])))
}
