import type { Plugin } from 'vite'
import { type Chunk, filesOfChunks } from './files-of-chunks.ts'

/** What opens without a line, besides what every page begins with: home, an event, the words of both languages. */
const PAGES = ['/shop/home/HomePage.vue', '/shop/events/EventPage.vue']
const CHUNKS = ['words-th', 'words-en', 'offline', 'offline-words-th', 'offline-words-en']

interface ManifestEntry {
  url: string
  revision: string | null
  size: number
}

/**
 * Chooses what the service worker keeps before it is asked for: the plain page, the first scripts, those of `PAGES` and
 * `CHUNKS` with all that they import, their styles and the fonts. Everything else is kept once it was used. Files of earlier builds lie
 * in the same folder and are left out.
 */
export function shellFiles() {
  let files = new Set<string>()
  const plugin: Plugin = {
    name: 'shell-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk')
      const find = (what: string, isIt: (chunk: Chunk) => boolean) =>
        chunks.find(isIt) ?? this.error(`the build has no chunk ${what} (web/vite/shell-files.ts)`)
      const begun = [
        find('of the first page', ({ isEntry }) => isEntry),
        ...CHUNKS.map(wanted => find(wanted, ({ name }) => name === wanted)),
        ...PAGES.map(page => find(page, ({ moduleIds }) => moduleIds.some(id => id.includes(page)))),
      ]
      const fonts = Object.keys(bundle).filter(name => name.endsWith('.woff2'))
      files = new Set(['index.html', ...filesOfChunks(chunks, begun), ...fonts])
    },
  }
  const keepShell = (entries: ManifestEntry[]) => ({
    manifest: entries.filter(({ url }) => files.has(url)).map(entry => Object.assign(entry, { url: `/${entry.url}` })),
    warnings: [],
  })
  return { plugin, keepShell }
}
