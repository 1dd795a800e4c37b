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
  let script = ''
  return {
    name: 'early-pages',
    apply: 'build',
    // Before the HTML is written, which names the script.
    enforce: 'pre',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk')
      const find = (what: string, isIt: (chunk: (typeof chunks)[number]) => boolean) =>
        chunks.find(isIt) ?? this.error(`the build has no chunk of ${what} (web/vite/early-pages.ts)`)
      /** A chunk, all that it imports, and their styles. */
      const filesOf = (chunk: (typeof chunks)[number]): string[] => {
        const seen = new Set([chunk])
        for (const { imports } of seen)
          for (const imported of chunks.filter(({ fileName }) => imports.includes(fileName))) seen.add(imported)
        return [...seen].flatMap(one => [one.fileName, ...(one.viteMetadata?.importedCss ?? [])])
      }
      const first = filesOf(find('the first page', ({ isEntry }) => isEntry))
      const pages = PAGES.map(({ at, component, words }) => {
        const wanted = [find(component, ({ moduleIds }) => moduleIds.some(id => id.includes(component)))]
        if (words) wanted.push(find(words, ({ name }) => name === words))
        const files = new Set(wanted.flatMap(filesOf))
        return [at.source, [...files].filter(file => !first.includes(file))] as const
      })
      script = this.getFileName(this.emitFile({ type: 'asset', name: 'early.js', source: scriptOf(pages) }))
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', attrs: { type: 'module', async: true, src: `/${script}` }, injectTo: 'head' }],
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
      else link.rel = 'modulepreload'
      // As they are asked for later: otherwise they would come twice.
      link.crossOrigin = ''
      link.href = '/' + file
      document.head.append(link)
    }
`
