import { dashboard } from './dashboard.ts'
import type { PanelFacts } from './panel.ts'

/** Streams and uploads last as long as their visitor stays or sends: they are neither slow nor quick. */
const ANSWERS = 'route!~".*/status|.*/download|.*upload|/objects/.*"'
const quantile = (share: number, by = 'le') =>
  `histogram_quantile(${share}, sum by (${by}) (rate(http_request_duration_seconds_bucket{${ANSWERS}}[$__rate_interval])))`

const requests: PanelFacts[] = [
  {
    title: 'Requests',
    about: 'Answers a second by their status. 429 was refused because somebody asked too often.',
    unit: 'reqps',
    kind: 'stacked',
    series: { '{{status}}': 'sum by (status) (rate(http_request_duration_seconds_count[$__rate_interval]))' },
    runbooks: ['TrafficUnusual'],
  },
  {
    title: 'Time to answer',
    about: 'Half of the answers, 95 % and 99 % come within this time. Streams and uploads are left out.',
    unit: 's',
    series: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
    alerts: ['ApiSlow'],
  },
  {
    title: 'Requests that fail',
    about: 'Share of the answers with a status of 500 and more.',
    unit: 'percentunit',
    series: {
      failed:
        '1 - sum(rate(http_request_duration_seconds_count{status!~"5.."}[$__rate_interval])) / sum(rate(http_request_duration_seconds_count[$__rate_interval]))',
    },
    alerts: ['ApiErrors'],
  },
  {
    title: 'The slowest routes',
    about: 'The five routes whose slowest twentieth takes longest.',
    unit: 's',
    series: { '{{route}}': `topk(5, ${quantile(0.95, 'le, route')})` },
  },
]

const people: PanelFacts[] = [
  {
    title: 'Active visitors',
    about:
      'Browsers with a session, people signed in, and networks without either, whose requests were answered in the last five minutes.',
    unit: 'short',
    series: { visitors: 'sum(pix_active_visitors)', 'pages that follow something live': 'sum(event_streams_open)' },
  },
  {
    title: 'Sign-ins refused',
    about: 'In an hour: 401 had a wrong password, 429 came after too many of them.',
    unit: 'short',
    series: {
      '{{status}}':
        'sum by (status) (increase(http_request_duration_seconds_count{route="/api/auth/login",status=~"401|429"}[1h]))',
    },
    alerts: ['SignInsFail'],
    runbooks: ['SignInsLocked'],
  },
]

const stores: PanelFacts[] = [
  {
    title: 'Connections of the database',
    about: 'Share of the connections that PostgreSQL gives out.',
    unit: 'percentunit',
    max: 1,
    series: { taken: 'sum(pg_stat_database_numbackends) / max(pg_settings_max_connections)' },
    alerts: ['DbConnectionsHigh'],
  },
  {
    title: 'Work of the database',
    about: 'Transactions a second. Those that are rolled back are refusals, or something that fails.',
    unit: 'ops',
    series: {
      committed: 'sum(rate(pg_stat_database_xact_commit[$__rate_interval]))',
      'rolled back': 'sum(rate(pg_stat_database_xact_rollback[$__rate_interval]))',
    },
  },
  {
    title: 'Memory of Redis',
    about:
      'What Redis has taken, and the most it may take. It forgets nothing by itself: above that it refuses to write.',
    unit: 'bytes',
    series: { taken: 'max(redis_memory_used_bytes)', most: 'max(redis_memory_max_bytes)' },
    runbooks: ['RedisDown'],
  },
  {
    title: 'Work of Redis',
    about: 'Commands a second.',
    unit: 'ops',
    series: { commands: 'sum(rate(redis_commands_processed_total[$__rate_interval]))' },
  },
]

const programs: PanelFacts[] = [
  {
    title: 'Memory of the programs',
    about: 'Resident memory of each program, without the processes that read photos.',
    unit: 'bytes',
    series: {
      '{{job}} {{instance}}': 'max by (job, instance) (process_resident_memory_bytes{job=~"api|clerk|face-worker"})',
    },
    runbooks: ['MemoryFull'],
  },
  {
    title: 'Lag of the event loops',
    about: 'One turn in a hundred of a program waits so long. Above 0.1 s its answers are slow.',
    unit: 's',
    series: { '{{job}}': 'max by (job) (nodejs_eventloop_lag_p99_seconds)' },
  },
  {
    title: 'Sweeps that are late',
    about:
      'How long ago each sweep succeeded, less its pause: the five that are latest. A sweep is stuck when its alert says so.',
    unit: 's',
    series: {
      '{{job}} {{sweep}}':
        'topk(5, max by (job, sweep) (time() - pix_sweep_last_success_timestamp_seconds - pix_sweep_interval_seconds))',
    },
    runbooks: ['SweepStuck'],
  },
  {
    title: 'Letters',
    about: 'How long the oldest letter waits.',
    unit: 's',
    series: { waits: 'max(pix_backlog_oldest_seconds{queue="mail-send"})' },
    alerts: ['LettersWait'],
    runbooks: ['AddressesRefused'],
  },
  {
    title: 'Letters given up',
    about:
      'In the database: not sent after a day, refused by the recipient’s mail server, or left out because it had refused before.',
    unit: 'short',
    kind: 'numbers',
    series: { '{{reason}}': 'max by (reason) (pix_letters_given_up)' },
    runbooks: ['LettersGivenUp'],
  },
]

export const application = dashboard({
  uid: 'pix-application',
  title: 'Application',
  about: 'What visitors get from the programs, and the database and Redis behind them.',
  from: 'now-6h',
  rows: [
    { heading: 'Requests', panels: requests },
    { heading: 'People', panels: people },
    { heading: 'Database and Redis', panels: stores },
    { heading: 'Programs', panels: programs },
  ],
})
