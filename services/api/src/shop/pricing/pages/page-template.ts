import { readFile, stat } from 'node:fs/promises'

/** The markers that web/index.html carries. */
const HEAD = /<!--page-head-->[\s\S]*?<!--\/page-head-->/
const SCREEN = '<!--first-screen-->'
const DATA = '<!--page-data-->'

/** What goes into the web's page; markup that is escaped already. */
export interface PageParts {
  /** Title, description and the tags of social networks, instead of the shop's own. */
  head: string
  /** Shown until the application takes its place. */
  screen: string
  /** Stands before the end of the body. */
  data: string
}

/** Puts the parts where the page has its markers. */
export function fillTemplate(template: string, { head, screen, data }: PageParts): string {
  // By functions: text may contain what `replace` takes for patterns, such as `$&`.
  return template
    .replace(HEAD, () => head)
    .replace(SCREEN, () => screen)
    .replace(DATA, () => data)
}

/** The web's built page, read again when a release has replaced it. Null while there is none. */
export function openTemplate(path: string): () => Promise<string | null> {
  let kept: { version: string; text: string } | undefined
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(path)
      const version = `${mtimeMs} ${size} ${ino}`
      if (kept?.version !== version) kept = { version, text: await readFile(path, 'utf8') }
      return kept.text
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
}
