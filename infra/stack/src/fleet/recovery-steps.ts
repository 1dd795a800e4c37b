import { setTimeout as sleep } from 'node:timers/promises'
import { play } from './ansible.ts'
import { isServing } from './load.ts'
import { boot, on, shutDown } from './machines.ts'
import { MACHINES } from './places.ts'
import { sellPhotos } from './sell.ts'
import { CLIENTS, type Step } from './step.ts'

/** spec/70 */
const MOST_RTO_SECONDS = 3_600
const MOST_RPO_SECONDS = 300
const READY_MS = 180_000
/** The log goes to the repository at least every minute; rows younger than the last time are what may be lost. */
const BEATING_MS = 75_000

const psql = (sql: string) =>
  on('vm1', `su -s /bin/sh postgres -c 'psql -v ON_ERROR_STOP=1 -At postgres'`, { input: sql })

/** A row each second: the youngest that comes back says how much was lost. */
async function startBeating(): Promise<void> {
  await psql('create table if not exists beats (at timestamptz primary key);')
  const beat = `while sleep 1; do psql -qc 'insert into beats values (now())' postgres; done`
  await on('vm1', `systemctl stop beats; systemd-run --quiet --unit=beats --uid=postgres sh -c "${beat}"`)
}

export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not after ${READY_MS / 1_000} s`)
    await sleep(500)
  }
}

export const untilServing = () => until('the shop serves', () => isServing(CLIENTS[0]!))

const backup: Step = {
  name: 'a full backup on another machine',
  run: async () => {
    await on('vm1', 'systemctl start pix-backup-full')
    const { stdout } = await on('vm1', `su -s /bin/sh postgres -c 'pgbackrest --stanza=thepixstock info --output=json'`)
    const [stanza] = JSON.parse(stdout) as [{ backup: { info: { size: number; repository: { delta: number } } }[] }]
    const { size, repository } = stanza.backup.at(-1)!.info
    return { note: `${(size / 1e6).toFixed(0)} MB of database, ${(repository.delta / 1e6).toFixed(0)} MB kept on vm4` }
  },
}

const drill: Step = {
  name: 'the newest backup restored for trial',
  run: async () => {
    await on('vm1', 'systemctl start pix-restore-drill')
    const { stdout } = await on('vm1', 'cat /var/lib/prometheus/node-exporter/pix_restore_drill.prom')
    const figure = (name: string) => Number(new RegExp(`^pix_restore_drill_${name} (\\S+)$`, 'm').exec(stdout)?.[1])
    if (figure('success') !== 1) throw new Error('the figures do not say that it succeeded')
    return { note: `${(figure('bytes') / 1e6).toFixed(0)} MB restored in ${figure('restore_seconds')} s and read` }
  },
}

const restore: Step = {
  name: 'the database lost and restored',
  run: async () => {
    await startBeating()
    await sleep(BEATING_MS)
    await on('vm1', 'systemctl kill -s KILL postgresql@15-main; rm -rf /var/lib/postgresql/15/main')
    const lostAt = Date.now() / 1_000
    await play('restore.yml')
    await untilServing()
    const rtoSeconds = Math.round(Date.now() / 1_000 - lostAt)
    await on('vm1', 'systemctl stop beats')
    const { stdout } = await psql(`select extract(epoch from max(at)) from beats where at <= to_timestamp(${lostAt});`)
    const rpoSeconds = Math.round(lostAt - Number(stdout))
    const said = `RTO ${rtoSeconds} s, RPO ${rpoSeconds} s`
    if (rtoSeconds > MOST_RTO_SECONDS || !(rpoSeconds <= MOST_RPO_SECONDS)) throw new Error(said)
    return { note: said, figures: { rtoSeconds, rpoSeconds } }
  },
}

const pointInTime: Step = {
  name: 'back to a point in time',
  run: async () => {
    await psql('create table wanted (at timestamptz); select pg_switch_wal();')
    await sleep(2_000)
    const at = (await psql('select now();')).stdout.trim()
    await sleep(2_000)
    await psql('drop table wanted;')
    const { stdout: file } = await psql('select pg_walfile_name(pg_switch_wal());')
    await until(`${file} is in the repository`, async () => {
      const { stdout } = await psql('select last_archived_wal from pg_stat_archiver;')
      return stdout.trim() >= file.trim()
    })
    await play('restore.yml', { restore_to: at.replaceAll(' ', 'T') })
    await psql('select * from wanted;')
    await untilServing()
    return { note: `what was dropped after ${at} is there again` }
  },
}

const again: Step = {
  name: 'the main job after the restores',
  run: async () => {
    const { order } = await sellPhotos()
    return { note: `${order!.number}: ${order!.photos} photos, byte for byte` }
  },
}

/** What has to run on each machine after it was switched on. */
const UNITS: Record<(typeof MACHINES)[number]['name'], string[]> = {
  vm1: [
    'postgresql@15-main',
    'redis-server',
    'minio',
    'nginx',
    'pix-clerk',
    'pix-backup-full.timer',
    'pix-backup-diff.timer',
    'pix-restore-drill.timer',
    'pix-mirror.timer',
    'pix-package-scan.timer',
  ],
  vm2: ['pix-face-worker'],
  vm3: ['nginx', 'fail2ban'],
  vm4: ['prometheus', 'prometheus-alertmanager', 'pix-alert-relay', 'minio'],
}
const EVERYWHERE = ['nftables', 'ssh', 'prometheus-node-exporter']

const reboot: Step = {
  name: 'each machine off and on',
  run: async () => {
    const seconds: string[] = []
    for (const machine of MACHINES) {
      await shutDown(machine.name)
      const began = Date.now()
      await boot(machine)
      const units = [...UNITS[machine.name], ...EVERYWHERE]
      await until(`${units.join(', ')} on ${machine.name}`, async () => {
        const { exitCode } = await on(machine.name, `systemctl is-active ${units.join(' ')}`, { reject: false })
        return exitCode === 0
      })
      await untilServing()
      seconds.push(`${machine.name} ${Math.round((Date.now() - began) / 1_000)} s`)
      await sellPhotos()
    }
    return { note: `back by themselves: ${seconds.join(', ')}; the main job after each` }
  },
}

export const RECOVERY_STEPS: Step[] = [backup, drill, restore, pointInTime, again]
export const REBOOT_STEPS: Step[] = [reboot]
