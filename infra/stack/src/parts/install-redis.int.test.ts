import { execa } from 'execa'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBinary } from '../base/find-binary.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pix-apt-'))
  // A machine whose apt-get notes what it is asked for and brings the program; nothing of the real machine changes.
  put(
    'apt-get',
    `echo "$@" >> ${folder}/asked; printf '#!/bin/sh\\n' > ${folder}/redis-server; chmod 755 ${folder}/redis-server`,
  )
  put('systemctl', 'exit 0')
  put('sudo', 'exec "$@"')
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, script: string) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}
const asked = () => (existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : '')

const SCRIPT = `
  import { installRedis } from ${JSON.stringify(new URL('install-redis.ts', import.meta.url).href)}
  installRedis(process.env.UNATTENDED === '1').then(
    program => console.log('installed', program),
    error => console.log('refused', error.message))`

/** Runs it where somebody sits at a terminal and types `answer`, or where nobody sits: null. @returns what is shown */
async function install(answer: string | null, unattended = false): Promise<string> {
  const file = join(folder, 'install.mts')
  writeFileSync(file, SCRIPT)
  const command = [process.execPath, '--import', import.meta.resolve('tsx'), file]
  const env = { PATH: `${folder}:${process.env.PATH}`, UNATTENDED: unattended ? '1' : '0' }
  const [program, ...args] = answer === null ? command : ['script', '-qec', command.join(' '), '/dev/null']
  const { stdout } = await execa(program!, args, { env, input: answer ?? '' })
  return stdout
}

const QUESTION = 'Install the package redis-server with apt-get? [Y/n]'

// `script` of util-linux makes a terminal.
test.skipIf(findBinary(['script']) === undefined)(
  'Redis is installed after asking, and not where the answer is no',
  async () => {
    const refused = await install('n\n')
    expect(refused).toContain(QUESTION)
    expect(refused).toContain('refused Redis is needed')
    expect(asked()).toBe('')
    const installed = await install('\n')
    expect(installed).toContain(QUESTION)
    expect(installed).toContain(`installed ${join(folder, 'redis-server')}`)
    expect(asked()).toContain('install -y -q --no-install-recommends redis-server')
  },
)

test('without a terminal, or with --yes, nobody is asked', async () => {
  for (const shown of [await install(null), await install('', true)]) {
    expect(shown).not.toContain(QUESTION)
    expect(shown).toContain('installed')
  }
})
