import type { Plugin } from 'vite'
import { type Chunk, filesOfChunks } from './files-of-chunks.ts'

/**
 * Pages that are opened by themselves and lie in files of their own: their address, their component, their Thai words, and
 * what they ask the api for first.
 */
const PAGES: readonly { at: RegExp; component: string; words?: string; data?: string }[] = [
  { at: /^\/events\/[^/]+\/find-me\/?$/, component: '/shop/find-me/FindMePage.vue', words: 'find-words-th' },
  { at: /^\/cart\/?$/, component: '/shop/cart/CartPage.vue', data: '/api/cart' },
]

/**
 * Asks for the files and the data of the opened page beside the first scripts, instead of after them: which ones they are is
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
      const find = (what: string, isIt: (chunk: Chunk) => boolean) =>
        chunks.find(isIt) ?? this.error(`the build has no chunk of ${what} (web/vite/early-pages.ts)`)
      const first = filesOfChunks(chunks, [find('the first page', ({ isEntry }) => isEntry)])
      const pages = PAGES.map(({ at, component, words, data }) => {
        const wanted = [find(component, ({ moduleIds }) => moduleIds.some(id => id.includes(component)))]
        if (words) wanted.push(find(words, ({ name }) => name === words))
        const files = filesOfChunks(chunks, wanted).filter(file => !first.includes(file))
        return { at: at.source, urls: [...(data ? [data] : []), ...files.map(file => `/${file}`)] }
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
const scriptOf = (pages: readonly { at: string; urls: string[] }[]): string => `
for (const { at, urls } of ${JSON.stringify(pages)})
  if (new RegExp(at).test(location.pathname))
    for (const url of urls) {
      const link = document.createElement('link')
      // As they are asked for later: otherwise they would come twice.
      link.crossOrigin = url.startsWith('/api/') ? 'use-credentials' : ''
      if (url.startsWith('/api/')) Object.assign(link, { rel: 'preload', as: 'fetch' })
      else if (url.endsWith('.css')) Object.assign(link, { rel: 'preload', as: 'style' })
      else link.rel = 'modulepreload'
      link.href = url
      document.head.append(link)
    }
`
