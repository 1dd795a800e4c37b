import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../base/paths.ts'

const NOT_OURS = new Set(['.git', '.data', '.cache', 'node_modules', 'dist'])

/** Paths of all files of the repository, from its root; of an unpacked archive, which has no git, those that lie there. */
export function committedFiles(): string[] {
  if (!existsSync(join(ROOT, '.git'))) return filesBelow('')
  const listed = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')
  return listed.filter(file => existsSync(join(ROOT, file)))
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (NOT_OURS.has(entry.name)) return []
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}
