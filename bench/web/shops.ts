import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { ROOT } from '@pix/stack/base/paths.ts'
import { freePorts } from '@pix/stack/base/ports.ts'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { seedDemo } from '@pix/stack/start/seed-demo.ts'
import { PORTS } from '@pix/stack/base/settings.ts'

const run = promisify(execFile)
const READY = /^ThePixStock is ready/

/** A running shop with the demo event on sale. */
export interface Shop {
  name: string
  url: string
  stop(): Promise<void>
}

/** The shop of this checkout, with data of its own. */
export async function startThisShop(): Promise<Shop> {
  const { stack, forget } = await startPrivateStack(true)
  try {
    await seedDemo(stack)
  } catch (error) {
    await forget()
    throw error
  }
  return { name: 'now', url: stack.url, stop: forget }
}

/** The shop of another commit, built and started by its own programs in a worktree that is gone afterwards. */
export async function startShopOf(commit: string): Promise<Shop> {
  const { stdout } = await run('git', ['rev-parse', '--short', `${commit}^{commit}`], { cwd: ROOT })
  const name = stdout.trim()
  const folder = join(mkdtempSync(join(tmpdir(), 'thepixstock-web-')), 'checkout')
  const forget = async () => {
    await run('git', ['worktree', 'remove', '--force', folder], { cwd: ROOT }).catch(() => undefined)
    rmSync(join(folder, '..'), { recursive: true, force: true })
  }
  await run('git', ['worktree', 'add', '--detach', folder, name], { cwd: ROOT })
  try {
    const { url, stop } = await startIn(folder)
    return { name, url, stop: async () => (await stop(), forget()) }
  } catch (error) {
    await forget()
    throw error
  }
}

/** `npm start` of a checkout, on free ports. */
async function startIn(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const names = Object.values(PORTS).map(({ setting }) => setting)
  const free = await freePorts(names.length)
  const ports = Object.fromEntries(names.map((name, at) => [name, String(free[at])]))
  const child = spawn(process.execPath, ['infra/bootstrap.mjs', 'start', '--yes'], {
    cwd: folder,
    env: { ...process.env, ...ports, CI: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (READY.test(line)) {
      child.stdout.resume()
      const stop = async () => {
        child.kill('SIGTERM')
        await ended
      }
      return { url: `http://localhost:${ports['PIX_PORT']}`, stop }
    }
  }
  throw new Error(`${folder} did not start:\n${said.slice(-20).join('\n')}`)
}
