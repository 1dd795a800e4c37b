import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

/** As pnpm 12 says it where the download of tfjs-node's native part cannot be reached. */
const INSTALL = '.../node_modules/@tensorflow/tfjs-node install:'
const TRACE = [
  `${INSTALL} node:events:502`,
  `${INSTALL}       throw er; // Unhandled 'error' event`,
  `${INSTALL} Error: getaddrinfo ENOTFOUND storage.googleapis.com`,
  `${INSTALL}     at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)`,
  `${INSTALL} Failed`,
]

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pix-bootstrap-'))
  for (const name of ['infra', 'bin', 'node_modules']) await mkdir(join(folder, name))
  await copyFile(join(ROOT, 'infra/bootstrap.mjs'), join(folder, 'infra/bootstrap.mjs'))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ packageManager: 'pnpm@12.21.0' }))
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) await writeFile(join(folder, name), '')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What the first command on a new machine says, up to the end of its installation, when pnpm says so. */
async function firstCommand(lines: readonly string[], status: number) {
  const npx = join(folder, 'bin/npx')
  const said = `console.log(${JSON.stringify(lines.join('\n'))})`
  await writeFile(npx, `#!${process.execPath}\n${said}\nprocess.exitCode = ${status}\n`)
  await chmod(npx, 0o755)
  const env = { ...process.env, PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter) }
  const child = spawn(process.execPath, ['infra/bootstrap.mjs', 'run', 'nothing.ts'], { cwd: folder, env })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { out, err }
}

test('a failed optional download is one calm line, without a stack trace', async () => {
  const { out, err } = await firstCommand(['Progress: resolved 700', ...TRACE, 'Done in 20s'], 0)
  expect(out.split('\n').slice(1)).toEqual([
    'Progress: resolved 700',
    expect.stringMatching(/^@tensorflow\/tfjs-node could not be downloaded; it is optional/),
    'Done in 20s',
    '',
  ])
  expect(`${out}${err}`).not.toMatch(/ENOTFOUND|throw er|storage\.googleapis/)
})

test('an installation that failed shows what pnpm said and says what to do', async () => {
  const { out, err } = await firstCommand(['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install'], 1)
  expect(out).toContain('ERR_PNPM_OUTDATED_LOCKFILE')
  expect(err).toContain('The packages could not be installed')
})

test('an older Node is refused in one sentence, before anything is installed', async () => {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, 'infra/bootstrap.mjs', 'start']
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const [[code], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^\nThePixStock needs Node 20\.19 or newer and this is 20\.18\.3: .*\n$/),
  })
})
