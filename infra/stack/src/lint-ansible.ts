import { execa } from 'execa'
import { join } from 'node:path'
import { Obstacle, printAndFail } from './base/say.ts'
import { readyAnsible } from './fleet/ansible.ts'
import { ANSIBLE } from './fleet/places.ts'

/** `npm run lint:ansible`: too slow for each run of the tests, 20 s of one core. */
async function main(): Promise<void> {
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
