import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What kernel/main.ts exports. Rows are numbers; the rest is explained there. */
interface KernelFunctions {
  openBlock(row: number): void
  encode(first: number, end: number): void
  move(from: number, to: number): void
  clear(row: number): void
  scan(first: number, end: number): number
}

const PLACES = [
  'BLOCKS',
  'BLOCK_BYTES',
  'BLOCK_ROWS',
  'BOUNDS',
  'DEVIATION',
  'EMBEDDINGS',
  'FIRST_SCALE',
  'HIT_DISTANCES',
  'HIT_ROWS',
  'KEPT',
  'MEAN',
  'PROBE',
  'PROBE_FIRST',
  'PROBE_SECOND',
  'ROTATION',
  'SCAN_ROWS',
] as const

export interface Kernel extends KernelFunctions {
  /** Byte offsets and sizes, as laid out in kernel/layout.ts. */
  at: Record<(typeof PLACES)[number], number>
}

const SOURCE = fileURLToPath(new URL('./kernel/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url))
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--use', 'abort=']

let compiled: WebAssembly.Module | undefined

/** The kernel over a memory of the caller's; each index has its own. */
export function loadKernel(memory: WebAssembly.Memory): Kernel {
  compiled ??= new WebAssembly.Module(readCompiled())
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  const at = Object.fromEntries(PLACES.map(place => [place, (exports[place] as WebAssembly.Global).value as number]))
  return { ...(exports as unknown as KernelFunctions), at: at as Kernel['at'] }
}

/**
 * The compiled kernel from a cache keyed by its source, compiler and flags; compiled first where that is missing, which
 * takes seconds. Two processes may do so at once: the file appears whole or not at all. A folder that cannot be written
 * only costs the compilation at every start.
 */
function readCompiled(): Uint8Array<ArrayBuffer> {
  const require = createRequire(import.meta.url)
  const compiler = require.resolve('assemblyscript/package.json')
  const file = join(CACHE, `kernel-${sourceHash(readFileSync(compiler))}.wasm`)
  if (existsSync(file)) return readFileSync(file)

  const folder = mkdtempSync(join(writableFolder(), 'kernel-'))
  try {
    const made = join(folder, 'kernel.wasm')
    const asc = join(dirname(compiler), 'bin/asc.js')
    execFileSync(process.execPath, [asc, 'main.ts', '-o', made, ...FLAGS], { cwd: SOURCE, stdio: 'pipe' })
    const bytes = readFileSync(made)
    if (folder.startsWith(CACHE)) renameSync(made, file)
    return bytes
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sourceHash(compiler: Uint8Array): string {
  const hash = createHash('sha256').update(compiler).update(FLAGS.join(' '))
  for (const name of readdirSync(SOURCE).sort()) hash.update(name).update(readFileSync(join(SOURCE, name)))
  return hash.digest('hex').slice(0, 24)
}

function writableFolder(): string {
  try {
    mkdirSync(CACHE, { recursive: true })
    rmSync(mkdtempSync(join(CACHE, 'probe-')), { recursive: true })
    return CACHE
  } catch {
    return tmpdir()
  }
}
