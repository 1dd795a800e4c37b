import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** How a child ended, or why it never began. */
export interface Ending {
  code?: number | null
  signal?: NodeJS.Signals | null
  error?: Error
}

/** A child process that runs a script as this one does, within limits where the system has them. */
export function forkChild({ script, memoryMegabytes }: { script: URL; memoryMegabytes?: number }): ChildProcess {
  return fork(fileURLToPath(script), {
    ...launcher(memoryMegabytes),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced', // pictures go to and fro as bytes
    // The keys of encrypted columns stay in the parent. Pictures come and go on many threads, and glibc would keep an
    // arena of freed memory for each: 600 MB and growing instead of 440 MB and flat.
    env: { ...process.env, COLUMN_KEYS: undefined, MALLOC_ARENA_MAX: '2' },
  })
}

/**
 * A limit on private writable memory (RLIMIT_DATA), not on addresses: V8 and WebAssembly reserve tens of gigabytes of
 * addresses that they never touch. A shell sets it, since Node cannot, and becomes the child.
 */
function launcher(megabytes: number | undefined): { execPath: string; execArgv: string[] } {
  const [execPath, execArgv] = [process.execPath, loaderArguments()]
  if (megabytes === undefined || process.platform !== 'linux') return { execPath, execArgv }
  const limited = `ulimit -d ${Math.round(megabytes * 1024)} && exec "$0" "$@"`
  return { execPath: '/bin/sh', execArgv: ['-c', limited, execPath, ...execArgv] }
}

/** TypeScript runs in the child the way it runs here; under a test runner, by tsx. */
function loaderArguments(): string[] {
  const inherited = process.execArgv.filter(argument => !argument.startsWith('--inspect'))
  const asHere = TYPESCRIPT.length === 0 || inherited.some(argument => argument.includes('tsx'))
  return asHere ? inherited : [...TYPESCRIPT]
}

/** Calls back once, also for a process that could not be made: that one never exits. */
export function whenGone(child: ChildProcess, onGone: (ending: Ending) => void): void {
  if (child.exitCode !== null || child.signalCode !== null) {
    onGone({ code: child.exitCode, signal: child.signalCode })
    return
  }
  child.once('exit', (code, signal) => onGone({ code, signal }))
  child.once('error', error => {
    if (child.pid === undefined) onGone({ error })
  })
}

const LOOK_MS = 200
/** What the system counts in. */
const TICK_MS = 10

/** Calls back once the child has used that much more processor time; where the system does not say, after as long. */
export function watchProcessor(child: ChildProcess, ms: number, overspent: () => void): NodeJS.Timeout {
  const pid = child.pid ?? 0
  const begun = cpuSeconds(pid)
  if (begun === null) return setTimeout(overspent, ms)
  return setInterval(
    () => {
      const used = cpuSeconds(pid)
      if (used !== null && (used - begun) * 1_000 > ms) overspent()
    },
    Math.min(LOOK_MS, Math.max(TICK_MS, ms)),
  )
}

/** User and system time of all threads: the 14th and 15th field, in ticks of 10 ms. Null where there is no such process, or no Linux. */
export function cpuSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
  } catch {
    return null
  }
}
