import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Folders whose files have a hash of their content in their path. */
const LASTING = ['assets', 'models']
/** A page opened before a release goes on asking for its files for so long. */
const KEPT_MS = 7 * 86_400_000
/** The files of the newest build. No server gives files whose names begin with a dot. */
const LIST = '.build-files.json'

/**
 * Leaves the files of earlier builds where they are for seven days after a newer one took their place, and names the
 * build in the page, so that an open page knows when it is of an older build.
 */
export function keepAssets(): Plugin {
  return {
    name: 'keep-assets',
    apply: 'build',
    config: () => ({ build: { emptyOutDir: false } }),
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => [
        { tag: 'meta', attrs: { name: 'build', content: buildId(Object.keys(bundle)) }, injectTo: 'head' },
      ],
    },
    // After the other plugins have written theirs.
    closeBundle() {
      const { root, build } = this.environment.config
      sweep(resolve(root, build.outDir), Date.now())
    },
  }
}

/** Names carry hashes of what is in them. */
const buildId = (files: readonly string[]): string =>
  createHash('sha256').update(files.toSorted().join('\n')).digest('hex').slice(0, 12)

/** @param now the moment of this build, ms; what it wrote has been written since the list of the build before */
export function sweep(folder: string, now: number): void {
  const before = readList(folder)
  const files = LASTING.flatMap(name => filesIn(folder, name))
  const writtenAt = (file: string) => statSync(join(folder, file)).mtimeMs
  const current = files.filter(file => !before || writtenAt(file) > before.at)
  const since = new Date(now)
  // What the build before this one used was in use until now.
  for (const file of before?.files ?? [])
    if (files.includes(file) && !current.includes(file)) utimesSync(join(folder, file), since, since)
  for (const file of files) if (!current.includes(file) && now - writtenAt(file) > KEPT_MS) rmSync(join(folder, file))
  writeFileSync(join(folder, LIST), JSON.stringify({ at: now, files: current }))
}

function readList(folder: string): { at: number; files: string[] } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, LIST), 'utf8')) as { at: number; files: string[] }
  } catch {
    return undefined
  }
}

function filesIn(folder: string, name: string): string[] {
  try {
    return readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
  } catch {
    return []
  }
}
