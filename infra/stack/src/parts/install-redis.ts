import { execa } from 'execa'
import { platform } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { findBinary } from '../base/find-binary.ts'
import { isRoot } from '../base/paths.ts'
import { Obstacle, say } from '../base/say.ts'

/**
 * Puts Debian's or Ubuntu's Redis on this machine, after asking (not with --yes or in CI, and without a terminal there is
 * nobody to ask). We run our own server on our own port: the package's service is left disabled.
 * @returns the program's path
 */
export async function installRedis(unattended: boolean): Promise<string> {
  if (platform() === 'darwin')
    throw new Obstacle('Redis is not on this machine: run "brew install redis", then start again.')
  const apt = findBinary(['apt-get'])
  const sudo = isRoot() ? undefined : findBinary(['sudo'])
  if (!apt || (!isRoot() && !sudo))
    throw new Obstacle(
      'Redis is not on this machine: install it with your package manager so that "redis-server" is on PATH, then start again.',
    )
  if (!(await agreed(unattended)))
    throw new Obstacle('Redis is needed: run "apt-get install redis-server" yourself, then start again.')

  say('Redis: installing the package redis-server with apt-get')
  const asRoot = (args: string[]) => (sudo ? execa(sudo, args, { stdin: 'inherit' }) : execa(args[0]!, args.slice(1)))
  const settings = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'] // runlevel 1: the package's scripts start nothing
  const install = [...settings, apt, 'install', '-y', '-q', '--no-install-recommends', 'redis-server']
  try {
    await asRoot(install).catch(async () => {
      await asRoot([...settings, apt, 'update', '-q'])
      await asRoot(install)
    })
  } catch (error) {
    throw new Obstacle(
      `Installing redis-server failed: run "apt-get update && apt-get install redis-server" and see why.\n${String(
        (error as Error).message,
      )
        .split('\n')
        .slice(-5)
        .join('\n')}`,
    )
  }
  if (findBinary(['systemctl'])) await asRoot(['systemctl', 'disable', '--now', 'redis-server']).catch(() => undefined)
  const program = findBinary(['redis-server'], ['/usr/bin'])
  if (!program)
    throw new Obstacle('redis-server was installed but is not on PATH: add /usr/bin to PATH, then start again.')
  return program
}

async function agreed(unattended: boolean): Promise<boolean> {
  if (unattended || !process.stdin.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(
    '  Redis is not on this machine. Install the package redis-server with apt-get? [Y/n] ',
  )
  terminal.close()
  return !/^n/i.test(answer.trim())
}
