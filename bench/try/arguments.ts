import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

export interface TryArguments {
  photos: string[]
  selfies: string[]
  truth: string | undefined
  baseUrl: string
  simUrl: string
  json: boolean
}

export const USAGE =
  'npm run try -- <folder of photos> --selfies <file or folder> [--truth truth.csv] [--base-url http://localhost:8080] [--sim-url http://localhost:8083] [--json]'

/** @throws Error with the usage when a folder or file named is not there */
export function readArguments(argv: string[]): TryArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      selfies: { type: 'string' },
      truth: { type: 'string' },
      'base-url': { type: 'string', default: 'http://localhost:8080' },
      'sim-url': { type: 'string', default: 'http://localhost:8083' },
      json: { type: 'boolean', default: false },
    },
  })
  const [folder] = positionals
  if (!folder || !values.selfies) throw new Error(`Usage: ${USAGE}`)
  return {
    photos: filesOf(folder),
    selfies: filesOf(values.selfies),
    truth: values.truth,
    baseUrl: values['base-url'].replace(/\/$/, ''),
    simUrl: values['sim-url'].replace(/\/$/, ''),
    json: values.json,
  }
}

function filesOf(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .filter(name => !name.startsWith('.') && statSync(join(path, name)).isFile())
    .sort()
    .map(name => join(path, name))
}

/** Beside a truth file, an `ignore.csv` names pairs that are not counted. */
export const ignoreFileOf = (truth: string): string => join(dirname(truth), 'ignore.csv')

export const nameOf = (path: string): string => basename(path)
