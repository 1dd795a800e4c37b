import type { Plugin } from 'vite'

/**
 * Names the Thai words of the shop in the page, so that they come beside the scripts and not after them. Every first
 * visit is in Thai; who reads English has the English words in the browser's cache from when they chose it.
 */
export function preloadWords(): Plugin {
  return {
    name: 'preload-words',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const chunk = Object.values(bundle).find(file => file.type === 'chunk' && file.name === 'words-th')
        if (!chunk) throw new Error('the build has no chunk of the Thai words')
        return [
          {
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` },
            injectTo: 'head',
          },
        ]
      },
    },
  }
}
