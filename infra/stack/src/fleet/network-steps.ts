import { execa } from 'execa'
import { changeSettings, play } from './ansible.ts'
import { CA } from './authority.ts'
import { AT_THE_OWNERS, joinNetwork, leaveNetwork, makeKeys, opensSsh, OWNER_ADDRESS } from './owners-computer.ts'
import { EDGE, HERE, MACHINES, ORIGIN } from './places.ts'
import type { Step } from './step.ts'

const NETWORK = '10.83.0.0/24'
/** As the guide says: SSH, the network and the console, and nothing else of the machines. */
const TAGS = 'common,wireguard,web'
/** A page of the console, and one of its answers to somebody who has not signed in. */
const CONSOLE = ['/admin', '/api/admin/dashboard'] as const
const PRIVATE_EDGE = MACHINES.find(({ address }) => address === EDGE)!.privateAddress

/** The status of a path at the edge. */
async function askEdge(address: string, path: string, at: readonly string[] = []): Promise<string> {
  const name = new URL(ORIGIN).hostname
  const asked = ['--resolve', `${name}:443:${address}`, '--cacert', CA, '-sS', '-o', '/dev/null', '-w', '%{http_code}']
  const [program, ...args] = [...at, 'curl', ...asked, ORIGIN + path]
  return (await execa(program!, args)).stdout
}

async function expectThrough(): Promise<void> {
  for (const { name, privateAddress } of MACHINES)
    if (!(await opensSsh(privateAddress, { at: AT_THE_OWNERS }))) throw new Error(`no SSH to ${name} by WireGuard`)
}

/** The console is there for the owner's computer and for nobody else; SSH is closed to all others. */
async function expectClosed(): Promise<void> {
  await expectThrough()
  const seen = await Promise.all(CONSOLE.map(path => askEdge(PRIVATE_EDGE, path, AT_THE_OWNERS)))
  if (seen.join() !== '200,401') throw new Error(`by WireGuard the console answers ${seen.join()}`)
  const others = await Promise.all(CONSOLE.map(path => askEdge(EDGE, path)))
  if (others.join() !== '404,404') throw new Error(`without WireGuard the console answers ${others.join()}`)
  if ((await askEdge(EDGE, '/')) !== '200') throw new Error('without WireGuard the shop itself is not there')
  for (const { name, address } of MACHINES)
    if (await opensSsh(address)) throw new Error(`SSH to ${name} is open without WireGuard`)
}

/** SSH and the console by WireGuard alone, from the owner's own computer, and open again to this test. */
const closeDoors: Step = {
  name: 'SSH and the console by WireGuard alone',
  run: async () => {
    const { key, publicKey } = await makeKeys()
    const owner = { name: 'owner', public_key: publicKey, address: OWNER_ADDRESS }
    changeSettings({ wireguard_admins: [owner], ssh_from: [HERE, NETWORK] })
    await play('site.yml', {}, { tags: TAGS })
    try {
      await joinNetwork(key)
      await expectThrough()
      const at = AT_THE_OWNERS
      changeSettings({ ansible_host: '{{ private_address }}', ssh_from: [NETWORK], admin_from: [NETWORK] })
      const { changed } = await play('site.yml', {}, { tags: TAGS, at })
      if (changed === 0) throw new Error('the run that closes the doors changed nothing')
      await expectClosed()
      const { tasks } = await play('site.yml', {}, { tags: TAGS, at })
      if (tasks.length > 0) throw new Error(`a second run changed ${tasks.join(', ')}`)
      changeSettings({ ssh_from: [HERE], admin_from: [HERE] })
      await play('site.yml', {}, { tags: TAGS, at })
    } finally {
      changeSettings({ ansible_host: undefined, ssh_from: undefined, admin_from: undefined })
      await leaveNetwork()
    }
    return { note: `${MACHINES.length} machines and the console reached by it, by others neither; deployed through it` }
  },
}

export const NETWORK_STEPS: Step[] = [closeDoors]
