#!/usr/bin/env node
// What `npm start`, `npm test` and the other commands begin with, on a machine that has nothing but Node and npm:
// checks Node, installs the workspace when the lock file changed, then runs the TypeScript that does the work.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(fileURLToPath(import.meta.url), '../..')
const COMMANDS = ['start', 'test', 'reset', 'services']

function fail(sentence) {
  console.error(`\n${sentence}`)
  process.exit(1)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `ThePixStock needs Node 20.19 or newer and this is ${process.versions.node}: install Node 24 LTS from https://nodejs.org, then run this again.`,
  )
}

/** The workspace's state: what is installed fits exactly this. */
function wanted() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

async function install() {
  const stamp = join(ROOT, 'node_modules', '.thepixstock-installed')
  const state = wanted()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  console.log(`Installing the workspace with ${packageManager} (the first time takes a minute or two)`)
  // npx runs the very version that package.json names: pnpm need not look for itself.
  const args = [
    '--yes',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--pm-on-fail=ignore',
    '--reporter=append-only',
  ]
  const env = { ...process.env, CI: 'true' } // pnpm must not ask before it replaces node_modules
  const child = spawn('npx', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env })
  showCalmly(child.stdout, process.stdout)
  showCalmly(child.stderr, process.stderr)
  const status = await new Promise(done => child.on('error', () => done(1)).on('close', done))
  if (status !== 0) fail('The packages could not be installed: see above, check the network, and run this again.')
  writeFileSync(stamp, state)
}

/**
 * Passes on what pnpm says, but for the install script of @tensorflow/tfjs-node: pnpm goes on without that optional
 * package when its download fails, and a stack trace would look as if something had to be done.
 */
function showCalmly(from, to) {
  createInterface({ input: from }).on('line', line => {
    const said = /@tensorflow\/tfjs-node install: ?(.*)$/.exec(line)
    if (!said) to.write(`${line}\n`)
    else if (said[1] === 'Failed')
      to.write(
        '@tensorflow/tfjs-node could not be downloaded; it is optional, and onnxruntime finds the faces without it.\n',
      )
  })
}

function run(file, args) {
  // As packages/platform/src/typescript.ts says it, which Node 20 cannot read.
  const typescript = process.features.typescript ? [] : ['--import', 'tsx']
  const child = spawn(process.execPath, [...typescript, file, ...args], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // The channel closes when this process is killed: the child then stops what it started.
  // The terminal sends Ctrl-C to the child as well: it decides when it has stopped. Signals from elsewhere are passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15)
  })
}

const [command = '', ...rest] = process.argv.slice(2)
checkNode()
if (COMMANDS.includes(command)) {
  await install()
  run(join(ROOT, `infra/stack/src/${command}.ts`), rest)
} else if (command === 'run' && rest[0]) {
  await install()
  run(resolve(ROOT, rest[0]), rest.slice(1))
} else {
  fail(`Use one of: ${COMMANDS.join(', ')}, run <file>.`)
}
