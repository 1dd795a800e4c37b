import type { Plugin } from 'vite'

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...asked: never) => unknown>>[1]
export type Chunk = Extract<Bundle[string], { type: 'chunk' }>

/** Chunks with all that they import, and their styles, by their names in the build's folder. */
export function filesOfChunks(all: readonly Chunk[], begun: readonly Chunk[]): string[] {
  const seen = new Set(begun)
  for (const { imports } of seen)
    for (const imported of all.filter(({ fileName }) => imports.includes(fileName))) seen.add(imported)
  return [...seen].flatMap(chunk => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])])
}
