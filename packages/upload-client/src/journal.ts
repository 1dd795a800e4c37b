import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What is known of a file of one folder; a file that changed since is another one. */
export interface Line {
  name: string
  size: number
  /** ms since 1970 */
  modified: number
  /** Where its upload goes on. */
  address?: string
  sha256?: string
  outcome?: 'stored' | 'duplicate'
}

/**
 * What was sent of a folder to an event, kept over restarts as one line a step. A line that was cut off by the end of its
 * process counts as not written.
 */
export function openJournal(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  const lines = new Map<string, Line>()
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  for (const each of text.split('\n')) {
    const line = read(each)
    if (line) lines.set(line.name, line)
  }
  // Behind a line that was cut off, the next one begins again.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
  return {
    /** What is known of this very file. */
    of({ name, size, modified }: Line): Line | undefined {
      const line = lines.get(name)
      return line?.size === size && line.modified === modified ? line : undefined
    },
    keep(line: Line): void {
      lines.set(line.name, line)
      appendFileSync(file, `${JSON.stringify(line)}\n`)
    },
  }
}
export type Journal = ReturnType<typeof openJournal>

function read(text: string): Line | null {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}

/** The journal of a folder for an event of a shop. */
export const journalPath = (home: string, folder: string, eventId: string, url: string): string =>
  join(
    home,
    '.thepixstock',
    'uploads',
    `${createHash('sha256').update([url, eventId, folder].join('\n')).digest('hex').slice(0, 32)}.jsonl`,
  )
