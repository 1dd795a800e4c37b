import { execa } from 'execa'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from '../base/paths.ts'
import { Obstacle } from '../base/say.ts'
import { CA, CERTIFICATE, CERTIFICATE_KEY } from './authority.ts'
import { makeFleetSecrets } from './fleet-secrets.ts'
import { KEY, SSH_OPTIONS } from './machines.ts'
import { ANSIBLE, RUN } from './places.ts'

const VERSIONS = ['ansible-core==2.19.*', 'ansible-lint==26.*']
const HOME = join(CACHE, 'ansible')

/** Ansible in a folder of its own, from PyPI, once. @returns the folder of its commands; undefined where it can't be had */
export async function readyAnsible(): Promise<string | undefined> {
  const bin = join(HOME, 'bin')
  if (existsSync(join(bin, 'ansible-lint'))) return bin
  mkdirSync(HOME, { recursive: true })
  const made = await execa('python3', ['-m', 'venv', HOME], { reject: false })
  if (made.exitCode !== 0) return undefined
  const installed = await execa(join(bin, 'pip'), ['install', '--quiet', ...VERSIONS], { reject: false })
  return installed.exitCode === 0 ? bin : undefined
}

const PASSWORD = join(RUN, 'vault-password')
const VAULT = join(RUN, 'vault.yml')
const SETTINGS = join(RUN, 'settings.yml')

interface Given {
  releases: string
  /** Secrets of the strangers: the bank's key and the mail server's. */
  vault: Record<string, string>
}

/** The settings of this run, its secrets encrypted as they are in production. */
export async function writeSettings({ releases, vault }: Given): Promise<void> {
  const settings = {
    release_folder: releases,
    tls_certificate_file: CERTIFICATE,
    tls_key_file: CERTIFICATE_KEY,
    extra_ca_file: CA,
  }
  // JSON is YAML.
  writeFileSync(SETTINGS, JSON.stringify(settings))
  writeFileSync(PASSWORD, makeFleetSecrets().vault_jwt_secret!, { mode: 0o600 })
  writeFileSync(VAULT, JSON.stringify({ ...makeFleetSecrets(), ...vault }), { mode: 0o600 })
  await execa(join(HOME, 'bin/ansible-vault'), ['encrypt', '--vault-password-file', PASSWORD, VAULT])
}

/** Changes what the inventory says, for this run and what follows. `undefined` takes a setting away again. */
export function changeSettings(changes: Record<string, unknown>): void {
  writeFileSync(SETTINGS, JSON.stringify({ ...JSON.parse(readFileSync(SETTINGS, 'utf8')), ...changes }))
}

export interface Recap {
  changed: number
  /** What was changed, by the names of its tasks. */
  tasks: string[]
}

interface How {
  tags?: string
  /** What comes before the command: it is run on another computer. */
  at?: readonly string[]
  /** Only says what it would change. */
  check?: boolean
}

/** Runs a playbook on the four machines. @throws Obstacle with the end of what Ansible said where a task failed */
export async function play(
  playbook: string,
  variables: Record<string, string> = {},
  { tags, at = [], check = false }: How = {},
): Promise<Recap> {
  const given = Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const options = [...(tags ? ['--tags', tags] : []), ...(check ? ['--check'] : [])]
  const settings = ['-e', `@${SETTINGS}`, '-e', `@${VAULT}`]
  const [program, ...args] = [...at, join(HOME, 'bin/ansible-playbook')]
  const running = execa(program!, [...args, '-i', 'inventories/test', playbook, ...settings, ...given, ...options], {
    cwd: ANSIBLE,
    all: true,
    reject: false,
    env: {
      PATH: `${join(HOME, 'bin')}:${process.env.PATH}`,
      ANSIBLE_CONFIG: join(ANSIBLE, 'ansible.cfg'),
      ANSIBLE_PRIVATE_KEY_FILE: KEY,
      ANSIBLE_VAULT_PASSWORD_FILE: PASSWORD,
      ANSIBLE_SSH_COMMON_ARGS: SSH_OPTIONS.join(' '),
      ANSIBLE_HOST_KEY_CHECKING: 'False',
      ANSIBLE_NOCOLOR: '1',
    },
  })
  running.all.pipe(createWriteStream(join(RUN, `ansible-${playbook}-${Date.now()}.log`)))
  const { exitCode, all } = await running
  if (exitCode !== 0) throw new Obstacle(`${playbook} failed:\n${all.split('\n').slice(-60).join('\n')}`)
  const changed = [...all.matchAll(/changed=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  return { changed, tasks: changedTasks(all) }
}

function changedTasks(said: string): string[] {
  const names: string[] = []
  let task = ''
  for (const line of said.split('\n')) {
    task = /^(?:TASK|RUNNING HANDLER) \[(.*)\]/.exec(line)?.[1] ?? task
    if (line.startsWith('changed:')) names.push(`${task} (${/\[(.*?)\]/.exec(line)?.[1]})`)
  }
  return names
}
