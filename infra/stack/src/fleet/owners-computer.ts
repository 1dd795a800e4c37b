import { execa } from 'execa'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { on, SSH_OPTIONS } from './machines.ts'
import { BRIDGE, RUN } from './places.ts'

/** A network of its own on this machine, and WireGuard's interface in it. */
const NAME = 'pixowner'
const PUBLIC = '10.84.0.90'
/** Its address among the machines. */
export const OWNER_ADDRESS = '10.83.0.100'
const FOLDER = join(RUN, 'owner')

/** What comes before a command that the owner's computer runs. */
export const AT_THE_OWNERS = ['ip', 'netns', 'exec', NAME] as const

/** @returns the private and the public key of the owner's computer */
export async function makeKeys(): Promise<{ key: string; publicKey: string }> {
  const { stdout: key } = await execa('wg', ['genkey'])
  const { stdout: publicKey } = await execa('wg', ['pubkey'], { input: key })
  return { key, publicKey }
}

/** Sets the owner's computer up as the guide says: its own key, and the machines as one of them lists them. */
export async function joinNetwork(key: string): Promise<void> {
  await leaveNetwork()
  await execa('ip', ['netns', 'add', NAME])
  await execa('ip', [
    'link',
    'add',
    `${NAME}0`,
    'master',
    BRIDGE,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    NAME,
  ])
  await execa('ip', ['link', 'set', `${NAME}0`, 'up'])
  for (const device of ['lo', 'eth0']) await execa('ip', ['-n', NAME, 'link', 'set', device, 'up'])
  await execa('ip', ['-n', NAME, 'addr', 'add', `${PUBLIC}/24`, 'dev', 'eth0'])
  const { stdout: peers } = await on('vm1', 'cat /etc/wireguard/peers.conf')
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 })
  const own = `[Interface]\nPrivateKey = ${key}\nAddress = ${OWNER_ADDRESS}/32\n\n`
  writeFileSync(join(FOLDER, `${NAME}.conf`), own + peers + '\n', { mode: 0o600 })
  await atTheOwners('wg-quick', 'up', join(FOLDER, `${NAME}.conf`))
}

/** Nothing of it is left, also of a run that was broken off. */
export async function leaveNetwork(): Promise<void> {
  await execa('ip', ['netns', 'exec', NAME, 'wg-quick', 'down', join(FOLDER, `${NAME}.conf`)], { reject: false })
  await execa('ip', ['netns', 'del', NAME], { reject: false })
  await execa('ip', ['link', 'del', `${NAME}0`], { reject: false })
}

const atTheOwners = (command: string, ...args: string[]) => execa('ip', ['netns', 'exec', NAME, command, ...args])

interface From {
  /** What comes before the command, where another computer runs it. */
  at?: readonly string[]
}

/** Whether SSH lets this computer in at an address. */
export async function opensSsh(address: string, { at = [] }: From = {}): Promise<boolean> {
  const [program, ...args] = [...at, 'ssh', ...SSH_OPTIONS, `root@${address}`, 'true']
  const { exitCode } = await execa(program!, args, { reject: false })
  return exitCode === 0
}
