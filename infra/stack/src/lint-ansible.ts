import { execa } from 'execa'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Obstacle, printAndFail } from './base/say.ts'
import { readyAnsible } from './fleet/ansible.ts'
import { ANSIBLE } from './fleet/places.ts'

const USAGE = `npm run lint:ansible

Checks the playbooks and roles with ansible-lint.`

/** `npm run lint:ansible`: too slow for each run of the tests, 20 s of one core. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } })
  if (values.help) return console.log(USAGE)
  const bin = await readyAnsible()
  if (!bin) throw new Obstacle('Ansible cannot be had here: Python with pip is needed.')
  const { exitCode } = await execa(join(bin, 'ansible-lint'), [], {
    cwd: ANSIBLE,
    env: { PATH: `${bin}:${process.env.PATH}` },
    stdio: 'inherit',
    reject: false,
  })
  process.exitCode = exitCode ?? 1
}

main().catch(printAndFail)
