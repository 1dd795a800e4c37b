import { setTimeout as sleep } from 'node:timers/promises'
import { postToShop } from './load.ts'
import { CLIENTS } from './step.ts'
import type { Written } from './written-series.ts'

/** A counter's first value is not an increase: Prometheus has to have seen one before the next. */
const SEEN_MS = 12_000

/** Posts to the shop as so many visitors, some first and the others once Prometheus has seen those. */
async function post(path: string, bodies: object[]): Promise<void> {
  const send = (body: object, at: number) => postToShop(CLIENTS[at % CLIENTS.length]!, path, body)
  await Promise.all(bodies.slice(0, 2).map(send))
  await sleep(SEEN_MS)
  for (const [at, body] of bodies.slice(2).entries()) await send(body, at)
}

/** Announcements of money that the bank has not signed. */
export const forgeWebhooks = () =>
  post(
    '/api/payment/webhook',
    Array.from({ length: 16 }, (_, at) => ({ data: { trans_id: `T${at}` }, signature: '0'.repeat(64) })),
  )

/** Sign-ins with wrong passwords. */
export const guessPasswords = () =>
  post(
    '/api/auth/login',
    Array.from({ length: 24 }, (_, at) => ({ email: `guess${at}@shop.fleet.test`, password: 'brass kettle' })),
  )

interface Cause {
  series: readonly Written[]
  alerts: readonly string[]
}

const rising = (perSecond: number) => ({ perSecond })
const MACHINE = 'machine="written"'
const DISK = `{${MACHINE},mountpoint="/",fstype="ext4"}`

/** Causes that cannot be had on four containers within minutes: the numbers that they would give. */
export const WRITTEN: readonly Cause[] = [
  { alerts: ['RestartsOften'], series: [['process_start_time_seconds', rising(1)]] },
  {
    alerts: ['SweepStuck'],
    series: [
      ['pix_sweep_last_success_timestamp_seconds{sweep="written"}', 0],
      ['pix_sweep_interval_seconds{sweep="written"}', 3],
    ],
  },
  {
    alerts: ['ApiErrors', 'TrafficUnusual'],
    series: [['http_request_duration_seconds_count{route="/written",status="503"}', rising(2_000)]],
  },
  {
    alerts: ['ApiSlow'],
    series: [
      ['http_request_duration_seconds_bucket{route="/written",le="2"}', 0],
      ['http_request_duration_seconds_bucket{route="/written",le="5"}', rising(2_000)],
      ['http_request_duration_seconds_bucket{route="/written",le="+Inf"}', rising(2_000)],
    ],
  },
  {
    alerts: ['SignInsLocked'],
    series: [['http_request_duration_seconds_count{route="/api/auth/login",status="429"}', rising(10)]],
  },
  {
    alerts: ['GatewayAway'],
    series: [['pix_payment_confirmations_total{gateway="written",outcome="unanswered"}', rising(1)]],
  },
  {
    alerts: ['MoneyUnapplied'],
    series: [['pix_payment_unapplied_last_day{gateway="written",reason="unknown_charge"}', 1]],
  },
  { alerts: ['MoneyGivenUp'], series: [['pix_payment_announcements_given_up_last_day{gateway="written"}', 1]] },
  { alerts: ['LedgerOutOfBalance'], series: [['pix_ledger_balanced', 0]] },
  { alerts: ['LedgerCheckOld'], series: [['pix_ledger_check_timestamp_seconds', 0]] },
  { alerts: ['LettersWait'], series: [['pix_backlog_oldest_seconds{queue="mail-send"}', 2_000]] },
  { alerts: ['LettersGivenUp'], series: [['pix_letters_given_up{reason="expired"}', 2]] },
  { alerts: ['AddressesRefused'], series: [['pix_jobs_total{queue="mail-send",outcome="refused"}', rising(1)]] },
  { alerts: ['BacklogLong', 'BacklogVeryLong'], series: [['pix_backlog_rows{queue="photos-process"}', 5_000]] },
  { alerts: ['SearchesWait'], series: [['pix_backlog_oldest_seconds{queue="faces-search"}', 60]] },
  { alerts: ['JobsFail'], series: [['pix_jobs_total{queue="written",outcome="failed"}', rising(1)]] },
  { alerts: ['RereadStuck'], series: [['pix_reread_photos{state="failed"}', 3]] },
  { alerts: ['FaceEngineMissing'], series: [['pix_face_engines{engine="written",wanted="true"}', 0]] },
  {
    alerts: ['PhotosSlow'],
    series: [
      ['pix_job_seconds_sum{queue="photos-process"}', rising(10_000)],
      ['pix_job_seconds_count{queue="photos-process"}', rising(100)],
    ],
  },
  { alerts: ['DbConnectionsHigh'], series: [['pg_stat_database_numbackends{datname="written"}', 100_000]] },
  { alerts: ['BackupFails'], series: [['pix_backup_success{machine="written",kind="full"}', 0]] },
  { alerts: ['RestoreDrillFails'], series: [['pix_restore_drill_success{machine="written"}', 0]] },
  { alerts: ['MirrorFails'], series: [['pix_mirror_success{machine="written"}', 0]] },
  { alerts: ['PackagesHaveFaults'], series: [['pix_package_advisories{machine="written",severity="high"}', 1]] },
  { alerts: ['PackageScanFails'], series: [['pix_package_scan_success{machine="written"}', 0]] },
  { alerts: ['LogsMissing'], series: [['loki_write_sent_entries_total{machine="written"}', 0]] },
  { alerts: ['BackupLogFails'], series: [['pg_stat_archiver_failed_count{server="written"}', rising(1)]] },
  {
    alerts: ['StorageNearlyFull', 'DiskFilling'],
    series: [
      [`node_filesystem_avail_bytes${DISK}`, 4],
      [`node_filesystem_size_bytes${DISK}`, 100],
    ],
  },
  { alerts: ['CertificateEnding'], series: [['probe_ssl_earliest_cert_expiry{instance="written"}', 0]] },
  { alerts: ['EdgeDown'], series: [['probe_success{instance="written"}', 0]] },
  { alerts: ['PartDown'], series: [['pix:part_up{part="written"}', 0]] },
  { alerts: ['CamerasDown'], series: [['probe_success{job="cameras",instance="written"}', 0]] },
  { alerts: ['CpuBusy'], series: [[`node_cpu_seconds_total{${MACHINE},mode="idle"}`, rising(0.05)]] },
  {
    alerts: ['MemoryFull'],
    series: [
      [`node_memory_MemAvailable_bytes{${MACHINE}}`, 10],
      [`node_memory_MemTotal_bytes{${MACHINE}}`, 100],
    ],
  },
]
