import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEMO } from './visitor.ts'

export interface Account {
  email: string
  password: string
}

export interface TryArguments {
  photos: string[]
  selfies: string[]
  truth: string | undefined
  baseUrl: string
  simUrl: string
  /** Who runs the event and who uploads; they may be one. */
  admin: Account
  photographer: Account
  /** The id of an event of an earlier run that has these photos: they are found and bought again. */
  event: string | undefined
  json: boolean
}

export const USAGE =
  'npm run try -- <folder of photos> --selfies <file or folder> [--truth truth.csv] [--base-url http://localhost:8080] [--sim-url http://localhost:8083] [--account <e-mail of an admin who also uploads> --password <theirs>] [--event <id of an event that has these photos already>] [--json]'

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
      account: { type: 'string' },
      password: { type: 'string', default: DEMO.password },
      event: { type: 'string' },
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
    admin: { email: values.account ?? DEMO.admin, password: values.password },
    photographer: { email: values.account ?? DEMO.photographer, password: values.password },
    event: values.event,
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
