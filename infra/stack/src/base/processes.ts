import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Folders, isRoot } from './paths.ts'
import { Obstacle, say } from './say.ts'

export interface ProcessOptions {
  name: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
  gid?: number
  /** What asks it to end in order. PostgreSQL takes SIGINT: end the sessions, keep the data. */
  stopSignal?: NodeJS.Signals
}

interface LeftOver {
  name: string
  /** The `npm start` it belongs to. */
  parent: number
  startedAt: number
  pid: number
  program: string
  stopSignal: NodeJS.Signals
}

export interface Running {
  name: string
  child: ChildProcess
  logFile: string
  stop(): Promise<void>
  /** Ends it at once, as a crash does. No handler is called. */
  crash(): Promise<void>
}

const STOP_LIMIT_MS = 25_000
const exists = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

/**
 * Our child processes. Each has a session of its own, so that Ctrl-C in the terminal reaches only us and we stop them
 * in the reverse of their order; what they print goes to a file each.
 */
export class Processes {
  readonly #running: Running[] = []
  readonly #logs: string
  readonly #pids: string
  #stopping = false

  constructor(folders: Folders) {
    this.#logs = folders.logs
    this.#pids = join(folders.data, 'pids')
    // What we and our children write here holds orders, letters and secrets: it is for this user alone.
    process.umask(0o077)
    for (const folder of [folders.data, this.#logs, this.#pids]) {
      mkdirSync(folder, { recursive: true })
      chmodSync(folder, folder === folders.data && isPassedByPostgres(folders) ? 0o711 : 0o700)
    }
  }

  start(options: ProcessOptions, onUnexpectedEnd: (reason: string) => void): Running {
    if (this.#stopping) throw new Obstacle('Stopped while starting.')
    const { name, command, args, env, cwd, uid, gid, stopSignal = 'SIGTERM' } = options
    const logFile = join(this.#logs, `${name}.log`)
    const log = openSync(logFile, 'w')
    const identity = uid === undefined ? {} : { uid, ...(gid !== undefined && { gid }) }
    const child = spawn(command, args, {
      env: env ?? process.env,
      ...(cwd !== undefined && { cwd }),
      ...identity,
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    const pidFile = join(this.#pids, name)
    if (child.pid)
      writeFileSync(
        pidFile,
        JSON.stringify({
          name,
          parent: process.pid,
          startedAt: performance.timeOrigin + performance.now(),
          pid: child.pid,
          program: basename(command),
          stopSignal,
        } satisfies LeftOver),
      )
    let crashed = false
    const crash = () => {
      crashed = true
      return end(child, 'SIGKILL')
    }
    const running: Running = { name, child, logFile, stop: () => end(child, stopSignal), crash }
    this.#running.push(running)
    child.once('error', error => onUnexpectedEnd(`${name} could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      rmSync(pidFile, { force: true })
      if (!this.#stopping && !crashed)
        onUnexpectedEnd(`${name} ended by itself (${signal ?? `exit status ${code}`}).\n${lastLines(logFile)}`)
    })
    return running
  }

  /** Last started, first stopped. */
  async stopAll(): Promise<void> {
    this.#stopping = true
    for (const running of this.#running.toReversed()) await running.stop()
  }

  /**
   * Ends what a killed `npm start` left behind: only processes recorded here that still run the program recorded.
   * @throws Obstacle when the one that started them is still there
   */
  async stopLeftOvers(): Promise<void> {
    const records = readdirSync(this.#pids).map(
      file => JSON.parse(readFileSync(join(this.#pids, file), 'utf8')) as LeftOver,
    )
    const owner = records.find(
      ({ parent }) => parent !== process.pid && commandOf(parent)?.includes('infra/stack/src/'),
    )
    if (owner)
      throw new Obstacle(
        `ThePixStock is already running from this folder (process ${owner.parent}): use it, or stop it with Ctrl-C first.`,
      )
    for (const { name, pid, program, stopSignal } of records.sort((a, b) => b.startedAt - a.startedAt)) {
      if (commandOf(pid)?.includes(program)) {
        say(`stopping ${name} (process ${pid}), left over from before`)
        process.kill(pid, stopSignal)
        for (let waited = 0; waited < STOP_LIMIT_MS && commandOf(pid); waited += 100) await sleep(100)
      }
      rmSync(join(this.#pids, name), { force: true })
    }
  }
}

/** As root PostgreSQL is another user, who must reach its data where they lie below ours. */
const isPassedByPostgres = ({ data, postgres }: Folders): boolean => isRoot() && postgres.startsWith(data)

/** Not every small Linux has `ps`; macOS has no /proc. */
function commandOf(pid: number): string | undefined {
  try {
    if (platform() === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || undefined
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return undefined
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!exists(child)) return
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill(signal)
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(limit)
}

export function lastLines(file: string, count = 15): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}

/** Asks until it is answered. @throws Obstacle when the process ended, or after the limit, with its last lines */
export async function untilReady(
  { name, child, logFile }: Running,
  ask: () => Promise<unknown>,
  limitMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const fault = await ask().then(
      () => null,
      (error: unknown) => error,
    )
    if (fault === null) return
    if (!exists(child))
      throw new Obstacle(`${name} ended while starting. The end of ${logFile}:\n${lastLines(logFile)}`)
    if (Date.now() > deadline)
      throw new Obstacle(
        `${name} did not answer within ${limitMs / 1000} s (${String(fault)}). The end of ${logFile}:\n${lastLines(logFile)}`,
      )
    await sleep(100)
  }
}
