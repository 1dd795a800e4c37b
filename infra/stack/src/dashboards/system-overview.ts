import { dashboard } from './dashboard.ts'
import type { PanelFacts } from './panel.ts'

const HERE = 'machine=~"$machine"'
/** What lies in memory alone is no disk. */
const ON_DISK = `${HERE},fstype!~"tmpfs|ramfs"`

const alive: PanelFacts[] = [
  {
    title: 'Answers',
    about: 'Programs and exporters: 1 when every one of the job answered the last time, 0 when one did not.',
    unit: 'none',
    kind: 'numbers',
    width: 14,
    series: { '{{job}}': 'min by (job) (up)' },
    alerts: ['ServiceDown'],
  },
  {
    title: 'Alerts that fire',
    about: 'Watchdog always fires: it shows that alerts are evaluated. Each other name is explained in its runbook.',
    unit: 'none',
    kind: 'numbers',
    width: 10,
    series: { '{{alertname}} ({{severity}})': 'count by (alertname, severity) (ALERTS{alertstate="firing"})' },
    runbooks: ['Watchdog'],
  },
  {
    title: 'Up for',
    about: 'Time since the machine was started.',
    unit: 'dtdurations',
    kind: 'numbers',
    width: 14,
    series: { '{{machine}}': `time() - node_boot_time_seconds{${HERE}}` },
  },
  {
    title: 'Begun anew',
    about: 'How often a program or an exporter of the job was started again in 15 minutes. A deployment is one or two.',
    unit: 'none',
    kind: 'numbers',
    width: 10,
    series: { '{{job}}': 'max by (job) (changes(process_start_time_seconds[15m]))' },
    alerts: ['RestartsOften'],
  },
  {
    title: 'The database and Redis',
    about: '1 when the exporter beside it could ask it, 0 when it could not.',
    unit: 'none',
    kind: 'numbers',
    width: 24,
    series: { PostgreSQL: 'max(pg_up)', Redis: 'max(redis_up)' },
    alerts: ['DatabaseDown', 'RedisDown'],
  },
]

const load: PanelFacts[] = [
  {
    title: 'Processors',
    about: 'Share of all cores that was busy. Workers that read photos take what there is, by design.',
    unit: 'percentunit',
    max: 1,
    series: {
      '{{machine}}': `1 - avg by (machine) (rate(node_cpu_seconds_total{mode="idle",${HERE}}[$__rate_interval]))`,
    },
    alerts: ['CpuBusy'],
  },
  {
    title: 'Memory',
    about: 'Share of the memory that is taken and cannot be given to another program at once.',
    unit: 'percentunit',
    max: 1,
    series: {
      '{{machine}}': `1 - max by (machine) (node_memory_MemAvailable_bytes{${HERE}} / node_memory_MemTotal_bytes)`,
    },
    alerts: ['MemoryFull'],
  },
  {
    title: 'Load for each core',
    about:
      'Programs that run or wait for a core or a disk, mean of five minutes, divided by the cores. Above 1 some wait.',
    unit: 'short',
    decimals: 2,
    series: {
      '{{machine}}': `max by (machine) (node_load5{${HERE}}) / count by (machine) (node_cpu_seconds_total{mode="idle"})`,
    },
  },
  {
    title: 'Network',
    about: 'Bytes received and sent by all interfaces but the loopback.',
    unit: 'Bps',
    series: {
      '{{machine}} received': `sum by (machine) (rate(node_network_receive_bytes_total{device!="lo",${HERE}}[$__rate_interval]))`,
      '{{machine}} sent': `sum by (machine) (rate(node_network_transmit_bytes_total{device!="lo",${HERE}}[$__rate_interval]))`,
    },
  },
]

const disks: PanelFacts[] = [
  {
    title: 'Disk space taken',
    about: 'Share of each file system. At 100 % PostgreSQL stops and uploads fail.',
    unit: 'percentunit',
    max: 1,
    series: {
      '{{machine}} {{mountpoint}}': `1 - max by (machine, mountpoint) (node_filesystem_avail_bytes{${ON_DISK}} / node_filesystem_size_bytes)`,
    },
    alerts: ['StorageNearlyFull'],
    alertsOfRest: ['DiskFilling'],
  },
  {
    title: 'Disk reads and writes',
    about: 'Bytes read from and written to all disks of a machine.',
    unit: 'Bps',
    series: {
      '{{machine}} read': `sum by (machine) (rate(node_disk_read_bytes_total{${HERE}}[$__rate_interval]))`,
      '{{machine}} written': `sum by (machine) (rate(node_disk_written_bytes_total{${HERE}}[$__rate_interval]))`,
    },
  },
  {
    title: 'Disks busy',
    about: 'Share of the time in which a disk had something to do.',
    unit: 'percentunit',
    max: 1,
    series: {
      '{{machine}} {{device}}': `max by (machine, device) (rate(node_disk_io_time_seconds_total{${HERE}}[$__rate_interval]))`,
    },
  },
  {
    title: 'Log of the database that was not taken by the backups',
    about: 'Pushes of the write-ahead log that failed in ten minutes. One that fails is tried again.',
    unit: 'short',
    series: { failed: 'max(increase(pg_stat_archiver_failed_count[10m]))' },
    alerts: ['BackupLogFails'],
  },
]

/** What timers of the machines did: each writes its figures for the node exporter. */
const timers: PanelFacts[] = [
  {
    title: 'The last run succeeded',
    about: '1 when the last run of the timer did what it should, 0 when it did not. Nothing: it has not run yet.',
    unit: 'none',
    kind: 'numbers',
    width: 24,
    series: {
      'backup of the database ({{kind}})': 'min by (kind) (pix_backup_success)',
      'restore for trial': 'min(pix_restore_drill_success)',
      'mirror of the photos': 'min(pix_mirror_success)',
      'scan of the packages': 'min(pix_package_scan_success)',
    },
    runbooks: ['BackupFails', 'RestoreDrillFails', 'MirrorFails', 'PackageScanFails'],
  },
  {
    title: 'Time since the last run that succeeded',
    about:
      'Backups are made each night, the restore for trial and the scan each month, the mirror every quarter of an hour. On a new machine it begins when the timer was installed.',
    unit: 'dtdurations',
    kind: 'numbers',
    width: 24,
    series: {
      'backup of the database ({{kind}})': 'time() - max by (kind) (pix_backup_last_success_timestamp_seconds)',
      'restore for trial': 'time() - max(pix_restore_drill_last_success_timestamp_seconds)',
      'mirror of the photos': 'time() - max(pix_mirror_last_success_timestamp_seconds)',
      'scan of the packages': 'time() - max(pix_package_scan_last_success_timestamp_seconds)',
    },
  },
  {
    title: 'Known faults of packages',
    about: 'Faults of installed packages that are publicly known, by how bad they are, as the last scan found them.',
    unit: 'none',
    kind: 'numbers',
    series: { '{{severity}}': 'sum by (severity) (pix_package_advisories)' },
    runbooks: ['PackagesHaveFaults'],
  },
  {
    title: 'Photos in the mirror',
    about: 'What the mirror had after the last run that succeeded.',
    unit: 'bytes',
    kind: 'numbers',
    series: { 'size of all objects': 'max(pix_mirror_bytes)' },
  },
]

const edge: PanelFacts[] = [
  {
    title: 'The edge answers by TLS',
    about:
      '1 when it answered the monitoring machine the last time, 0 when it did not. Ports of cameras are among them.',
    unit: 'none',
    kind: 'numbers',
    series: { '{{instance}}': 'min by (instance) (probe_success)' },
    alerts: ['EdgeDown'],
    runbooks: ['PartDown', 'CamerasDown'],
  },
  {
    title: 'The certificate ends in',
    about: 'Time that is left of the certificate which browsers get. Let’s Encrypt’s is renewed when 30 days are left.',
    unit: 'dtdurations',
    kind: 'numbers',
    series: { '{{instance}}': 'min by (instance) (probe_ssl_earliest_cert_expiry) - time()' },
    alerts: ['CertificateEnding'],
  },
  {
    title: 'Requests at nginx',
    about: 'At the edge, and on the machine of the api behind it: pages and pictures are among them.',
    unit: 'reqps',
    series: { '{{instance}}': 'sum by (instance) (rate(nginx_http_requests_total[$__rate_interval]))' },
  },
  {
    title: 'Connections at nginx',
    about: 'Open at this moment. A page that follows something live keeps one open.',
    unit: 'short',
    series: { '{{instance}}': 'max by (instance) (nginx_connections_active)' },
  },
]

export const systemOverview = dashboard({
  uid: 'pix-system',
  title: 'System overview',
  about: 'The machines, and whether every program answers.',
  from: 'now-6h',
  byMachine: true,
  rows: [
    { heading: 'Alive', panels: alive },
    { heading: 'Load', panels: load },
    { heading: 'Disks', panels: disks },
    { heading: 'Backups and other timers', panels: timers },
    { heading: 'Edge', panels: edge },
  ],
})
