import { execa } from 'execa'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readyAnsible } from '../fleet/ansible.ts'
import { ANSIBLE } from '../fleet/places.ts'

const bin = await readyAnsible()
export const WITHOUT_ANSIBLE = bin ? '' : ' [skipped: Ansible cannot be had here; Python with pip brings it]'

/** A command of Ansible, in its folder. */
export const runAnsible = (program: string, ...args: string[]) =>
  execa(join(bin!, program), args, {
    cwd: ANSIBLE,
    all: true,
    reject: false,
    env: { PATH: `${bin}:${process.env.PATH}`, ANSIBLE_CONFIG: join(ANSIBLE, 'ansible.cfg'), NO_COLOR: '1' },
  })

/** A module on this machine, with what the test's inventory says of `machine`. */
export const asMachine = (machine: string, module: string, given: string, variables: object = {}) => {
  const local = ['-i', 'inventories/test', '--playbook-dir', '.', '-c', 'local']
  const named = ['-e', JSON.stringify({ ansible_python_interpreter: '/usr/bin/python3', ...variables })]
  return runAnsible('ansible', ...local, ...named, machine, '-m', `ansible.builtin.${module}`, '-a', given)
}

/** A role's template as Ansible fills it in for a machine of the test's inventory: `role/templates/file`. */
export async function renderTemplate(machine: string, template: string, to: string, variables: object = {}) {
  const { exitCode, all } = await asMachine(machine, 'template', `src=roles/${template} dest=${to}`, variables)
  if (exitCode !== 0) throw new Error(`${template}: ${all}`)
  return readFileSync(to, 'utf8')
}
