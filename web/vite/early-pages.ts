import type { Plugin } from 'vite'

/** Pages that are opened by themselves and lie in files of their own: their address, their component, their Thai words. */
const PAGES: readonly { at: RegExp; component: string; words?: string }[] = [
  { at: /^\/events\/[^/]+\/find-me\/?$/, component: '/shop/find-me/FindMePage.vue', words: 'find-words-th' },
  { at: /^\/cart\/?$/, component: '/shop/cart/CartPage.vue' },
]

/**
 * Asks for the files of the opened page beside the first scripts, instead of after them: which ones they are is
 * known by its address. A small script of its own does so, as one file is sent for all addresses.
 */
export function earlyPages(): Plugin {
  return {
    name: 'early-pages',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter(file => file.type === 'chunk')
        const find = (what: string, isIt: (chunk: (typeof chunks)[number]) => boolean) => {
          const chunk = chunks.find(isIt)
          if (!chunk) throw new Error(`the build has no chunk of ${what} (web/vite/early-pages.ts)`)
          return chunk
        }
        const first = filesOf(find('the first page', ({ isEntry }) => isEntry))
        const pages = PAGES.map(({ at, component, words }) => {
          const wanted = [find(component, ({ moduleIds }) => moduleIds.some(id => id.includes(component)))]
          if (words) wanted.push(find(words, ({ name }) => name === words))
          const files = new Set(wanted.flatMap(chunk => filesOf(chunk)))
          return [at.source, [...files].filter(file => !first.includes(file))] as const
        })
        const fileName = this.emitFile({ type: 'asset', name: 'early.js', source: scriptOf(pages) })
        return [
          {
            tag: 'script',
            attrs: { type: 'module', async: true, src: `/${this.getFileName(fileName)}` },
            injectTo: 'head',
          },
        ]

        /** A chunk, all that it imports, and their styles. */
        function filesOf(chunk: (typeof chunks)[number]): string[] {
          const seen = new Set([chunk])
          for (const one of seen)
            for (const imported of one.imports) {
              const found = chunks.find(({ fileName }) => fileName === imported)
              if (found) seen.add(found)
            }
          return [...seen].flatMap(one => [one.fileName, ...(one.viteMetadata?.importedCss ?? [])])
        }
      },
    },
  }
}

/** A script that names what the page's address will need to the browser. */
const scriptOf = (pages: readonly (readonly [at: string, files: string[]])[]): string => `
for (const [at, files] of ${JSON.stringify(pages)})
  if (new RegExp(at).test(location.pathname))
    for (const file of files) {
      const link = document.createElement('link')
      if (file.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' })
      else Object.assign(link, { rel: 'modulepreload', crossOrigin: '' })
      link.href = '/' + file
      document.head.append(link)
    }
`
