import { parseArgs } from 'node:util'
import { startFolders } from './base/paths.ts'
import { Processes } from './base/processes.ts'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { DEMO_LOGINS } from './start/demo-people.ts'
import { seedDemo } from './start/seed-demo.ts'
import { setupLinkOf } from './start/setup-link.ts'
import { portsOf } from './base/settings.ts'
import { startStack } from './start/stack.ts'
import type { Stack } from './start/stack.ts'

/**
 * `npm start [-- --yes] [--empty]`: the whole shop on this machine, until Ctrl-C. `--empty` has data of its own, and no
 * demo: what somebody sees who has just installed it.
 */
async function main(): Promise<void> {
  const began = Date.now()
  const { empty, yes } = parseArgs({
    options: { empty: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } },
  }).values
  console.log('ThePixStock is starting (Ctrl-C stops everything)')
  const folders = startFolders(empty ? 'empty' : undefined)
  const processes = new Processes(folders)
  let stack: Stack | undefined
  let stopping = false
  const stop = async (status: number) => {
    if (stopping) return
    stopping = true
    console.log('\n  stopping everything')
    await (stack ? stack.stop() : processes.stopAll())
    process.exit(status)
  }
  const fail = (reason: unknown) => {
    if (!stopping) printAndFail(reason)
    void stop(1)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  process.on('disconnect', () => void stop(1))

  const unattended = yes || Boolean(process.env.CI)
  try {
    const onEnd = (reason: string) => fail(new Obstacle(reason))
    stack = await startStack({
      folders,
      processes,
      ports: portsOf(process.env),
      unattended,
      temporaryData: false,
      onEnd,
    })
    const event = empty ? null : await seedDemo(stack)
    say(`started in ${Math.round((Date.now() - began) / 1000)} s; logs in ${folders.logs}, mail in ${stack.mailDir}`)
    if (event) printAddresses(stack, event)
    else printEmpty(stack, await setupLinkOf(stack))
  } catch (error) {
    fail(error)
  }
}

/** The last line is what people and programs wait for. */
function printAddresses({ url, paynoiUrl, mailDeskUrl }: Stack, event: { slug: string; photoCount: number }): void {
  console.log(`
  shop            ${url}
  demo event      ${url}/events/${event.slug} (${event.photoCount} photos on sale)
  api             ${url}/api/docs
  bank simulator  ${paynoiUrl}
  mail desk       ${mailDeskUrl}

  demo logins, password ${DEMO_LOGINS.password}:
${DEMO_LOGINS.users.map(({ role, email }) => `    ${role.padEnd(20)}${email}`).join('\n')}

ThePixStock is ready: ${url}`)
}

/** What a shop without a demo says. */
function printEmpty({ url, paynoiUrl, mailDeskUrl }: Stack, setupLink: string | null): void {
  console.log(`
  shop            ${url}
  set it up       ${setupLink ?? `it has an admin already: ${url}/login`}
  bank simulator  ${paynoiUrl}
  mail desk       ${mailDeskUrl}

ThePixStock is ready: ${url}`)
}

await main()
