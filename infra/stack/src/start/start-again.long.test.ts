import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT, temporaryFolders } from '../base/paths.ts'
import { freePorts } from '../base/ports.ts'
import { PORTS } from '../base/settings.ts'
import { dockerAnswers } from '../parts/docker.ts'
import { DEMO_LOGINS } from './demo-people.ts'

// A whole shop is filled once and started three times; a loaded machine is slow, not wrong.
const LIMIT = { timeout: 1_800_000 }
const poll = { timeout: 120_000 }
const EVENT = 'riverside-night-2026'

let data: string
let environment: NodeJS.ProcessEnv
beforeEach(async () => {
  data = (await temporaryFolders()).data
  const ports = await freePorts(Object.keys(PORTS).length)
  const moved = Object.values(PORTS).map(({ setting }, i) => [setting, String(ports[i])] as const)
  environment = { ...process.env, PIX_DATA: data, ...Object.fromEntries(moved) }
})
afterEach(async () => {
  for (const pid of running()) process.kill(pid, 'SIGKILL')
  await rm(data, { recursive: true, force: true })
})

/** Every process that began with this test's folder in its environment, whatever its parent is by now. */
const running = () =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`PIX_DATA=${data}`)
      } catch {
        return false // it ended meanwhile, or is nobody's that we may ask
      }
    })
    .map(Number)

/** A command in a process group of its own, as a terminal runs it: Ctrl-C goes to the whole group. */
function run(...command: string[]) {
  const child = spawn('npm', command, {
    cwd: ROOT,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const said: string[] = []
  const lines = createInterface({ input: child.stdout }).on('line', line => said.push(line))
  const ready = new Promise<string>((resolve, reject) => {
    lines.on('line', line => {
      const [, url] = /^ThePixStock is ready: (\S+)$/.exec(line) ?? []
      if (url) resolve(url)
    })
    child.once('exit', () => reject(new Error(`npm ${command.join(' ')} ended:\n${said.join('\n')}`)))
  })
  ready.catch(() => undefined)
  return { ready, ended, said, signal: (name: NodeJS.Signals) => process.kill(-child.pid!, name) }
}
const start = () => run('start', '--', '--yes')

/** A visitor who puts a photo into the cart. @returns what the cart holds when the visitor comes back */
async function putIntoCart(shop: string) {
  const { id } = (await (await fetch(`${shop}/api/events/${EVENT}`)).json()) as { id: string }
  const { items } = (await (await fetch(`${shop}/api/events/${id}/photos?limit=1`)).json()) as {
    items: { id: string }[]
  }
  const put = await fetch(`${shop}/api/cart/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: shop },
    body: JSON.stringify({ photoIds: [items[0]!.id] }),
  })
  const cookie = put.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ')
  const cart = async () => {
    const answer = (await (await fetch(`${shop}/api/cart`, { headers: { cookie } })).json()) as {
      items: { events: { items: { photo: { id: string } }[] }[] }[]
    }
    const held = answer.items.flatMap(({ events }) => events.flatMap(({ items: chosen }) => chosen))
    return held.map(({ photo }) => photo.id)
  }
  return { photoId: items[0]!.id, cart }
}

test.skipIf(platform() !== 'linux')(
  'Ctrl-C leaves nothing running; the next start keeps the data, also after a kill; reset forgets them (processes are looked up in /proc)',
  LIMIT,
  async () => {
    const first = start()
    const { photoId, cart } = await putIntoCart(await first.ready)
    for (const { email } of DEMO_LOGINS.users) expect(first.said.join('\n')).toContain(email)
    expect(await cart()).toEqual([photoId])
    // npm, the commands, and a process for each part at least: the search finds them.
    expect(running().length).toBeGreaterThan(readdirSync(`${data}/pids`).length)
    first.signal('SIGINT')
    await first.ended
    await expect.poll(running, poll).toEqual([])

    const second = start()
    await second.ready
    expect(second.said.filter(line => /uploaded|making/.test(line))).toEqual([])
    expect(await cart()).toEqual([photoId])
    second.signal('SIGKILL')
    await second.ended
    expect(running().length).toBeGreaterThan(0)

    const third = start()
    await third.ready
    expect(third.said.filter(line => line.includes('left over from before')).length).toBeGreaterThan(0)
    expect(await cart()).toEqual([photoId])
    third.signal('SIGINT')
    await third.ended
    await expect.poll(running, poll).toEqual([])

    // Where there is Docker, a reset takes the volumes of this checkout as well: somebody's.
    if (await dockerAnswers()) return
    await run('run', 'reset').ended
    expect(existsSync(data)).toBe(false)
  },
)

test.skipIf(platform() !== 'linux')(
  'Ctrl-C in the middle of a start leaves nothing running (processes are looked up in /proc)',
  LIMIT,
  async () => {
    const begun = start()
    await expect.poll(() => existsSync(`${data}/pids/redis`), poll).toBe(true)
    begun.signal('SIGINT')
    await begun.ended
    await expect.poll(running, poll).toEqual([])
  },
)
