import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ColumnKeys } from '@pix/db/sealed/column-keys.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** A setting as the environment has it: keys were parsed. */
const inText = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'byId' in value
    ? [...(value as ColumnKeys).byId].map(([id, key]) => `${id}:${key.export().toString('base64')}`).join(',')
    : String(value)

/** The clerk as a process of its own, as it really runs, until the test ends. */
export function spawnClerk(settings: object): ChildProcess {
  const env = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, inText(value)]))
  const child = spawn(process.execPath, [...TYPESCRIPT, MAIN], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}
