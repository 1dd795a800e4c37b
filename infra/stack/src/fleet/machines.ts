import { execa } from 'execa'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Obstacle } from '../base/say.ts'
import { BRIDGE, HERE, KEPT, MACHINES, MIRROR_PORT, RUN, type Machine } from './places.ts'

/** What a fresh Debian server has. */
const PACKAGES =
  'systemd,systemd-sysv,dbus,openssh-server,python3,sudo,ca-certificates,iproute2,procps,less,netbase,openssl'
const SOURCES = `deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
`
/** An answer of the mirror that does not come is asked for again: four machines ask for the same lists at once. */
const APT = `Acquire::http::Proxy "http://${HERE}:${MIRROR_PORT}";
Acquire::http::Timeout "30";
Acquire::Retries "3";
`
const READY_MS = 60_000

const folderOf = (name: string, kind: 'root' | 'upper' | 'work') => join(RUN, name, kind)
const pidFileOf = (name: string) => join(RUN, name, 'pid')
export const KEY = join(RUN, 'id_ed25519')
export const KNOWN_HOSTS = join(RUN, 'known_hosts')

/** The disks of four empty machines: Debian with SSH, and the SSH key of the person who runs this. */
export async function makeDisks(): Promise<void> {
  const image = join(KEPT, 'bookworm.tar')
  mkdirSync(KEPT, { recursive: true })
  if (!existsSync(image)) {
    const options = ['--variant=minbase', `--include=${PACKAGES}`]
    await execa('mmdebstrap', [...options, 'bookworm', `${image}.part`, 'http://deb.debian.org/debian', '--format=tar'])
    await execa('mv', [`${image}.part`, image])
  }
  const base = join(RUN, 'base')
  mkdirSync(base, { recursive: true })
  await execa('tar', ['-xf', image, '-C', base])
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', KEY])
  writeFileSync(join(base, 'etc/apt/sources.list'), SOURCES)
  writeFileSync(join(base, 'etc/apt/apt.conf.d/01proxy'), APT)
  // Ansible trusts lists of packages that are young; these are of another day.
  for (const path of ['var/lib/apt/lists', 'var/lib/apt/periodic'].map(path => join(base, path)))
    if (existsSync(path)) utimesSync(path, 1, 1)
  for (const machine of MACHINES) makeOwn(machine)
}

/** What each machine has for itself, in the layer above the common image. */
function makeOwn({ name, address }: Machine): void {
  const upper = folderOf(name, 'upper')
  const write = (path: string, text: string) => {
    mkdirSync(join(upper, path, '..'), { recursive: true })
    writeFileSync(join(upper, path), text)
  }
  for (const kind of ['root', 'work'] as const) mkdirSync(folderOf(name, kind), { recursive: true })
  const network = `[Match]\nName=host0\n[Network]\nAddress=${address}/24\nLinkLocalAddressing=no\n`
  write('etc/systemd/network/10-host0.network', network)
  write('etc/hostname', `${name}\n`)
  write('etc/hosts', '127.0.0.1 localhost\n')
  write('root/.ssh/authorized_keys', readFileSync(`${KEY}.pub`, 'utf8'))
  for (const [target, unit] of [
    ['multi-user', 'systemd-networkd.service'],
    ['network-online', 'systemd-networkd-wait-online.service'],
  ]) {
    const wants = join(upper, `etc/systemd/system/${target}.target.wants`)
    mkdirSync(wants, { recursive: true })
    symlinkSync(`/lib/systemd/system/${unit}`, join(wants, unit!))
  }
}

/** The bridge between the machines, with an address for each client of the load. */
export async function makeBridge(clients: readonly string[]): Promise<void> {
  const { exitCode } = await execa('ip', ['link', 'show', BRIDGE], { reject: false })
  if (exitCode === 0) return
  await execa('ip', ['link', 'add', BRIDGE, 'type', 'bridge'])
  for (const address of [HERE, ...clients]) await execa('ip', ['addr', 'add', `${address}/24`, 'dev', BRIDGE])
  await execa('ip', ['link', 'set', BRIDGE, 'up'])
}

/** Each container gets a control group of its own, of the second kind: systemd inside asks for one. */
const BOOT = `set -e
for kind in /sys/fs/cgroup/*/; do
  group="$kind/pixfleet-$0"
  mkdir -p "$group"
  if [ -e "$group/cpuset.cpus" ]; then
    cat "$kind/cpuset.cpus" > "$group/cpuset.cpus"
    cat "$kind/cpuset.mems" > "$group/cpuset.mems"
  fi
  echo $$ > "$group/cgroup.procs"
done
export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
exec systemd-nspawn --quiet --boot --register=no --keep-unit --machine="$0" --directory="$1" \\
  --network-bridge=${BRIDGE} --bind=/dev/net/tun --timezone=off --link-journal=no --resolv-conf=off --console=pipe`

export async function boot({ name }: Machine): Promise<void> {
  if (isUp(name)) return
  const [root, upper, work] = [folderOf(name, 'root'), folderOf(name, 'upper'), folderOf(name, 'work')]
  const layers = `lowerdir=${join(RUN, 'base')},upperdir=${upper},workdir=${work}`
  await execa('mount', ['-t', 'overlay', 'overlay', '-o', layers, root])
  const console = openSync(join(RUN, name, 'console.log'), 'a')
  const child = spawn('bash', ['-c', BOOT, name, root], { detached: true, stdio: ['ignore', console, console] })
  child.unref()
  writeFileSync(pidFileOf(name), String(child.pid))
  await untilUp(name)
}

async function untilUp(name: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  for (;;) {
    const { exitCode, stdout } = await on(name, 'systemctl is-system-running', { reject: false })
    if (exitCode === 0 || stdout.trim() === 'degraded') return
    if (Date.now() > deadline || !isUp(name))
      throw new Obstacle(`${name} did not boot; its console is in ${join(RUN, name, 'console.log')}`)
    await sleep(500)
  }
}

/** Shuts a machine down in order, as its power button does. */
export async function shutDown(name: string): Promise<void> {
  if (!existsSync(pidFileOf(name))) return
  if (isUp(name)) process.kill(pidOf(name), 'SIGTERM')
  while (isUp(name)) await sleep(200)
  await execa('umount', [folderOf(name, 'root')], { reject: false })
  rmSync(pidFileOf(name), { force: true })
}

/** All machines, the bridge and the disks are gone. */
export async function tearDown(): Promise<void> {
  await Promise.all(MACHINES.map(({ name }) => shutDown(name)))
  await execa('ip', ['link', 'del', BRIDGE], { reject: false })
  rmSync(RUN, { recursive: true, force: true })
}

const pidOf = (name: string) => Number(readFileSync(pidFileOf(name), 'utf8'))

function isUp(name: string): boolean {
  try {
    process.kill(pidOf(name), 0)
    return readFileSync(`/proc/${pidOf(name)}/cmdline`, 'utf8').includes(`--machine=${name}`)
  } catch {
    return false
  }
}

export const SSH_OPTIONS = [
  `-i ${KEY}`,
  `-o UserKnownHostsFile=${KNOWN_HOSTS}`,
  '-o StrictHostKeyChecking=accept-new -o BatchMode=yes -o ConnectTimeout=5',
].flatMap(words => words.split(' '))

/** A command on a machine, by SSH as root. */
export function on(name: string, command: string, options: { reject?: boolean; input?: string } = {}) {
  const { address } = MACHINES.find(machine => machine.name === name)!
  return execa('ssh', [...SSH_OPTIONS, `root@${address}`, command], { all: true, ...options })
}
