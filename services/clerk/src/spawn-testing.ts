import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** The clerk as a process of its own, as it really runs, until the test ends. */
export function spawnClerk(settings: object): ChildProcess {
  const env = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, String(value)]))
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}
