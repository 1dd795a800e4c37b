import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  NATIVE_PART,
  TENSORFLOW_VERSION,
  TFJS_NODE_BUILD,
  TFJS_NODE_VERSION,
  tfjsNodeFolder,
} from '../src/runtimes/find-tfjs-node.ts'

const require = createRequire(import.meta.url)

const USAGE = `npm run build:tfjs-node -- [--wheel <file>] [--again]

Builds the native part of @tensorflow/tfjs-node ${TFJS_NODE_VERSION} against the TensorFlow library of the Python wheel tensorflow-cpu
${TENSORFLOW_VERSION}, once, for machines that cannot fetch the ready-made one. FACE_RUNTIME=tfjs then runs it. Linux; needs python3
with pip, g++ and make; about 1 GB in ${TFJS_NODE_BUILD}.

--wheel  a tensorflow-cpu (or tensorflow) wheel that is already here; pip is then not needed
--again  builds even where a build is there`

/** Any of the wheel's Pythons: the library in it is the same. */
const WHEEL_PYTHON = '3.11'
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/** A fault that the reader can mend, in one sentence. */
class Missing extends Error {}

const say = (text: string): void => console.log(`  ${text}`)

/** Quiet unless it fails; then its last lines are thrown. @throws Missing */
function run(what: string, command: string, args: string[], cwd?: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return
  const printed = error ? error.message : `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n')
  throw new Missing(`${what} failed:\n${printed}`)
}

const answers = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

/** @throws Missing naming everything that is not there, one sentence each */
function checkTools(wheel: string | undefined): void {
  if (process.platform !== 'linux') throw new Missing('This builds on Linux only: elsewhere use FACE_RUNTIME=onnx.')
  const python = answers('python3', '--version')
  const faults = [
    !python && 'python3 is missing: install it, for example with apt-get install python3.',
    python &&
      !wheel &&
      !answers('python3', '-m', 'pip', '--version') &&
      'pip is missing: install it, for example with apt-get install python3-pip, or give the wheel with --wheel <file>.',
    !answers('g++', '--version') && 'g++ is missing: install it, for example with apt-get install g++.',
    !answers('make', '--version') && 'make is missing: install it, for example with apt-get install make.',
    wheel && !existsSync(wheel) && `There is no wheel ${wheel}.`,
  ]
  const printed = faults.filter(fault => typeof fault === 'string')
  if (printed.length > 0) throw new Missing(printed.join('\n'))
}

/** The package as npm carries it, in a folder of its own: its install script would fetch what we build. */
function fetchPackage(folder: string): void {
  say(`fetching @tensorflow/tfjs-node ${TFJS_NODE_VERSION} with npm, without its install script`)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--prefix', folder]
  run('npm', 'npm', ['install', ...flags, `@tensorflow/tfjs-node@${TFJS_NODE_VERSION}`], folder)
}

/** @returns the wheel's path */
function fetchWheel(folder: string): string {
  say(`fetching the wheel tensorflow-cpu ${TENSORFLOW_VERSION} with pip (230 MB)`)
  const flags = ['--no-deps', '--only-binary=:all:', '--python-version', WHEEL_PYTHON, '--dest', folder]
  run('pip', 'python3', ['-m', 'pip', 'download', ...flags, `tensorflow-cpu==${TENSORFLOW_VERSION}`])
  const wheel = readdirSync(folder).find(name => name.endsWith('.whl'))
  if (!wheel) throw new Missing(`pip found no wheel of tensorflow-cpu ${TENSORFLOW_VERSION} for this machine.`)
  return join(folder, wheel)
}

const UNPACK = `
import sys, zipfile
wheel, folder, *libraries = sys.argv[1:]
with zipfile.ZipFile(wheel) as z:
    wanted = ['tensorflow/' + name for name in libraries]
    headers = [name for name in z.namelist() if name.startswith('tensorflow/include/')]
    missing = [name for name in wanted if name not in z.namelist()]
    if missing or not headers:
        sys.exit('no ' + ', '.join(missing or ['headers']) + ' in ' + wheel)
    z.extractall(folder, wanted + headers)
`

/** Puts headers and libraries where the package's binding.gyp looks for them, under the names that it links with. */
function unpackLibrary(wheel: string, folder: string, deps: string): void {
  say('unpacking the TensorFlow library and its headers')
  run('unpacking the wheel', 'python3', ['-c', UNPACK, wheel, folder, ...LIBRARIES])
  mkdirSync(join(deps, 'lib'), { recursive: true })
  renameSync(join(folder, 'tensorflow/include'), join(deps, 'include'))
  for (const library of LIBRARIES) renameSync(join(folder, 'tensorflow', library), join(deps, 'lib', library))
  symlinkSync('libtensorflow_cc.so.2', join(deps, 'lib/libtensorflow.so'))
  symlinkSync('libtensorflow_framework.so.2', join(deps, 'lib/libtensorflow_framework.so'))
}

function compile(folder: string): void {
  const nodeRoot = resolve(dirname(process.execPath), '..')
  const headers = existsSync(join(nodeRoot, 'include/node/node_api.h'))
  say(`compiling (Node's headers ${headers ? `in ${join(nodeRoot, 'include/node')}` : 'fetched by node-gyp'})`)
  const flags = [
    '--module_name=tfjs_binding',
    `--module_path=${dirname(join(folder, NATIVE_PART))}`,
    '--napi_build_version=8',
    ...(headers ? [`--nodedir=${nodeRoot}`] : []),
  ]
  run('node-gyp', process.execPath, [require.resolve('node-gyp/bin/node-gyp.js'), 'rebuild', ...flags], folder)
}

/** Loads what was built in a process of its own and has it add two numbers. */
function tryOut(folder: string): void {
  const sum = "require('node:assert').deepEqual([...tf.add([1, 2], [3, 4]).dataSync()], [4, 6])"
  const util =
    "const util = require('node:util'); util.isArray ??= Array.isArray; util.isNullOrUndefined ??= v => v == null"
  run('the built library', process.execPath, ['-e', `${util}; const tf = require(${JSON.stringify(folder)}); ${sum}`])
}

function build(wheel: string | undefined): void {
  checkTools(wheel)
  mkdirSync(dirname(TFJS_NODE_BUILD), { recursive: true })
  // It is built beside its last place and moved there in one step: a loader sees a whole build or none.
  const unfinished = mkdtempSync(`${TFJS_NODE_BUILD}.`)
  try {
    fetchPackage(unfinished)
    const folder = tfjsNodeFolder(unfinished)
    const deps = join(folder, 'deps')
    unpackLibrary(wheel ?? fetchWheel(unfinished), unfinished, deps)
    compile(folder)
    tryOut(folder)
    const spare = [join(deps, 'include'), join(folder, 'build'), join(unfinished, 'tensorflow')]
    for (const path of spare) rmSync(path, { recursive: true, force: true })
    for (const name of readdirSync(unfinished)) if (name.endsWith('.whl')) rmSync(join(unfinished, name))
    rmSync(TFJS_NODE_BUILD, { recursive: true, force: true })
    renameSync(unfinished, TFJS_NODE_BUILD)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function main(): number {
  const { values } = parseArgs({
    options: {
      wheel: { type: 'string' },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const folder = tfjsNodeFolder(TFJS_NODE_BUILD)
  if (existsSync(join(folder, NATIVE_PART)) && !values.again) {
    tryOut(folder)
    say(`built already and loads: ${folder} (--again builds it anew)`)
    return 0
  }
  build(values.wheel && resolve(values.wheel))
  say(`built: ${folder}`)
  say('FACE_RUNTIME=tfjs runs it now')
  return 0
}

// Ctrl-C ends the program that runs, and with it this one, in order: nothing half built is left.
process.on('SIGINT', () => undefined)
try {
  process.exitCode = main()
} catch (error) {
  console.error(error instanceof Missing ? `\n${error.message}` : error)
  process.exitCode = 1
}
