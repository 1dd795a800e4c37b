import { spawn } from 'node:child_process'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from './paths.ts'
import { needPort } from './ports.ts'
import { Processes, untilReady } from './processes.ts'

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const waiting = { name: 'waiting', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] }

test('all processes end, the last started first', async () => {
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  const order: string[] = []
  for (const name of ['first', 'second']) {
    const { child } = processes.start({ ...waiting, name }, reason => order.push(reason))
    child.once('exit', () => order.push(name))
  }
  await processes.stopAll()
  expect(order).toEqual(['second', 'first'])
  rmSync(folders.data, { recursive: true })
})

test('what we and our processes write is for their owner alone', async () => {
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  const written = join(folders.data, 'deep/er')
  const script = `fs.mkdirSync(${JSON.stringify(written)}, { recursive: true }); fs.writeFileSync(${JSON.stringify(written)} + '/file', '')`
  await new Promise(ended => processes.start({ ...waiting, name: 'writer', args: ['-e', script] }, ended))
  const open = readdirSync(folders.data, { recursive: true, encoding: 'utf8' }).filter(
    path => (statSync(join(folders.data, path)).mode & 0o077) !== 0,
  )
  expect(open).toEqual([])
  // As root PostgreSQL's user passes through, and cannot look inside.
  expect(statSync(folders.data).mode & 0o066).toBe(0)
  rmSync(folders.data, { recursive: true })
})

test('a process that ends by itself is reported with the end of its log', async () => {
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  const reason = new Promise<string>(resolve => {
    processes.start(
      { name: 'broken', command: process.execPath, args: ['-e', 'console.error("no such table"); process.exit(3)'] },
      resolve,
    )
  })
  expect(await reason).toMatch(/broken ended by itself \(exit status 3\)\.\nno such table/)
  const gone = processes.start({ ...waiting, name: 'gone', args: ['-e', ''] }, () => undefined)
  await expect(untilReady(gone, () => Promise.reject(new Error('not yet')))).rejects.toThrow(
    'gone ended while starting',
  )
  rmSync(folders.data, { recursive: true })
})

test('what a killed start left behind is ended by the next one; a stranger with the same process id is not', async () => {
  const folders = await temporaryFolders()
  const left = new Processes(folders).start(waiting, () => undefined)
  await new Processes(folders).stopLeftOvers()
  await expect.poll(() => isAlive(left.child.pid!)).toBe(false)

  const stranger = spawn('sleep', ['60'])
  writeFileSync(
    `${folders.data}/pids/redis`,
    JSON.stringify({
      name: 'redis',
      parent: process.pid,
      startedAt: 1,
      pid: stranger.pid,
      program: 'redis-server',
      stopSignal: 'SIGTERM',
    }),
  )
  await new Processes(folders).stopLeftOvers()
  expect(stranger.exitCode).toBeNull()
  expect(isAlive(stranger.pid!)).toBe(true)
  stranger.kill()
  rmSync(folders.data, { recursive: true })
})

test('a port in use is one sentence with its number, its use and what to do', async () => {
  const holder = createServer()
  await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  await expect(needPort(port, 'the shop', 'PIX_PORT')).rejects.toThrow(
    new RegExp(`^Port ${port}, needed for the shop, is in use: .*PIX_PORT=<port>\\.$`),
  )
  holder.close()
})

test('a second start from the same folder leaves the first alone and says so', async () => {
  const folders = await temporaryFolders()
  const processes = new Processes(folders)
  const first = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'infra/stack/src/start.ts'])
  const record = {
    name: 'api',
    parent: first.pid,
    startedAt: 1,
    pid: first.pid,
    program: 'node',
    stopSignal: 'SIGTERM',
  }
  writeFileSync(`${folders.data}/pids/api`, JSON.stringify(record))
  await expect(processes.stopLeftOvers()).rejects.toThrow(`already running from this folder (process ${first.pid})`)
  expect(first.exitCode).toBeNull()
  first.kill()
  rmSync(folders.data, { recursive: true })
})
