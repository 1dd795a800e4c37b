import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** What kernel/main.ts exports. Rows are numbers; the rest is explained there. */
interface KernelFunctions {
  openRows(first: number, end: number): void
  encode(first: number, end: number): void
  move(from: number, to: number): void
  clear(row: number): void
  scan(first: number, end: number): number
}

const PLACES = [
  'BOUNDS',
  'EMBEDDINGS',
  'GROUP_BYTES',
  'HIT_DISTANCES',
  'HIT_ROWS',
  'KEPT',
  'MEAN',
  'PROBE',
  'SEGMENTS',
  'SEGMENT_BYTES',
  'SEGMENT_ROWS',
  'STEPS',
  'WEIGHTS',
] as const

export interface Kernel extends KernelFunctions {
  /** Byte offsets and sizes, as laid out in kernel/layout.ts. */
  at: Record<(typeof PLACES)[number], number>
}

const SOURCE = fileURLToPath(new URL('./kernel/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url))
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--use', 'abort=']

/** Runs the compiler with what it makes kept in memory: this needs no folder to write to. */
const COMPILE = `
const [, compiler, ...args] = process.argv
const { default: asc } = await import(compiler)
const made = []
const { error, stderr } = await asc.main(args, { writeFile: (_, contents) => void made.push(contents) })
if (error) throw new Error(stderr.toString(), { cause: error })
process.stdout.write(made[0])`

let given: Uint8Array<ArrayBuffer> | undefined
let compiled: WebAssembly.Module | undefined

/** The kernel over a memory of the caller's; each index has its own. */
export function loadKernel(memory: WebAssembly.Memory): Kernel {
  compiled ??= new WebAssembly.Module(compiledKernel())
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  const at = Object.fromEntries(PLACES.map(place => [place, (exports[place] as WebAssembly.Global).value as number]))
  return { ...(exports as unknown as KernelFunctions), at: at as Kernel['at'] }
}

/**
 * The compiled kernel: what was given to this process, else from a cache keyed by its source, compiler and flags, else
 * compiled, which takes seconds. Two processes may do so at once: the file appears whole or not at all. Where that folder
 * cannot be written, the parent of several processes reads it once and has each of them `useKernel`.
 */
export function compiledKernel(): Uint8Array<ArrayBuffer> {
  given ??= readOrCompile()
  return given
}

/** Gives this process a kernel that another one has compiled. */
export function useKernel(bytes: Uint8Array<ArrayBuffer>): void {
  given = bytes
}

function readOrCompile(): Uint8Array<ArrayBuffer> {
  const require = createRequire(import.meta.url)
  const compiler = require.resolve('assemblyscript/package.json')
  const file = join(CACHE, `kernel-${sourceHash(readFileSync(compiler))}.wasm`)
  if (existsSync(file)) return readFileSync(file)
  const asc = pathToFileURL(join(dirname(compiler), 'dist/asc.js')).href
  const args = ['--input-type=module', '-e', COMPILE, asc, 'main.ts', '-o', 'kernel.wasm', ...FLAGS]
  const bytes = new Uint8Array(execFileSync(process.execPath, args, { cwd: SOURCE, stdio: 'pipe' }))
  keep(bytes, file)
  return bytes
}

function keep(bytes: Uint8Array, file: string): void {
  try {
    mkdirSync(CACHE, { recursive: true })
    const part = `${file}.${process.pid}`
    writeFileSync(part, bytes)
    renameSync(part, file)
  } catch {
    // a read-only installation
  }
}

function sourceHash(compiler: Uint8Array): string {
  const hash = createHash('sha256').update(compiler).update(FLAGS.join(' '))
  for (const name of readdirSync(SOURCE).sort()) hash.update(name).update(readFileSync(join(SOURCE, name)))
  return hash.digest('hex').slice(0, 24)
}
