import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface InstalledPackage {
  name: string
  version: string
}

const Manifest = z.object({ name: z.string(), version: z.string() })

/**
 * Every package that lies under `node_modules` of a checkout or a release, as pnpm lays them out: each has a folder of its
 * own below `.pnpm`, in which what it depends on are links.
 *
 * @returns each name and version once, by name
 */
export function installedPackages(folder: string): InstalledPackage[] {
  const store = join(folder, 'node_modules/.pnpm')
  const found = new Map<string, InstalledPackage>()
  for (const entry of readdirSync(store)) {
    if (entry === 'node_modules' || !entry.includes('@')) continue
    for (const path of ownFolders(join(store, entry, 'node_modules'))) {
      const { name, version } = Manifest.parse(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')))
      found.set(`${name}@${version}`, { name, version })
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Folders of packages that are no links, with those of scopes. An optional package that could not be installed left an empty one. */
const ownFolders = (modules: string): string[] =>
  readdirSync(modules, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== '.bin')
    .flatMap(({ name }) => (name.startsWith('@') ? ownFolders(join(modules, name)) : join(modules, name)))
    .filter(path => existsSync(join(path, 'package.json')))
