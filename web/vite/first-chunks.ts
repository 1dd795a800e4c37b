import type { Plugin } from 'vite'

/** What a first visit loads before it shows anything; the words of the other language are never among them. */
const FIRST = new Set(['index', 'rolldown-runtime', 'base', 'shop'])

/**
 * Fails a build whose first page loads the chunk of another area. It comes about when a module of the shop imports one that
 * lies in that chunk: the chunk is loaded before any page, and may run before what it needs itself.
 */
export function firstChunks(): Plugin {
  return {
    name: 'first-chunks',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap(file => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
      )
      const seen = new Set([...chunks.values()].filter(({ isEntry }) => isEntry))
      for (const chunk of seen)
        for (const fileName of chunk.imports) {
          const imported = chunks.get(fileName)
          if (imported && !FIRST.has(imported.name))
            this.error(
              `${chunk.name} imports ${imported.name}, which every first visit would load (web/vite/area-of.ts)`,
            )
          if (imported) seen.add(imported)
        }
    },
  }
}
