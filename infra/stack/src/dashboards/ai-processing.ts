import { dashboard } from './dashboard.ts'
import type { PanelFacts } from './panel.ts'

const PHOTOS = 'queue="photos-process"'
const SEARCHES = 'queue="faces-search"'
/** Every outcome but those of a job that did not do its work. */
const DONE = 'outcome!~"failed|rests|given_up"'
const rateOf = (name: string, by = '') => `sum${by}(rate(${name}[$__rate_interval]))`
const quantile = (share: number, name: string) =>
  `histogram_quantile(${share}, sum by (le) (rate(${name}[$__rate_interval])))`
const steps = (queue: string) =>
  `${rateOf(`pix_step_seconds_sum{${queue}}`, ' by (step) ')} / ${rateOf(`pix_step_seconds_count{${queue}}`, ' by (step) ')}`

const queues: PanelFacts[] = [
  {
    title: 'Rows that wait',
    about: 'Work in the database that nobody has done yet, by queue. A large upload takes its time.',
    unit: 'short',
    series: { '{{queue}}': 'max by (queue) (pix_backlog_rows)' },
    alerts: ['BacklogLong', 'BacklogVeryLong'],
  },
  {
    title: 'A customer waits for a search',
    about: 'How long the search that waits longest has waited.',
    unit: 's',
    series: { waits: `max(pix_backlog_oldest_seconds{${SEARCHES}})` },
    alerts: ['SearchesWait'],
  },
  {
    title: 'Jobs in the queues',
    about: 'Jobs that wait or run. A queue that is shorter than its rows is filled by the next sweep.',
    unit: 'short',
    series: { '{{queue}}': 'max by (queue) (pix_queue_depth)' },
  },
  {
    title: 'Photos that are read again',
    about: 'Photos of events that change to another face engine: those read, those that wait, those given up.',
    unit: 'short',
    series: { '{{state}}': 'max by (state) (pix_reread_photos)' },
    runbooks: ['RereadStuck'],
  },
]

const jobs: PanelFacts[] = [
  {
    title: 'Jobs done',
    about: 'Jobs a second that did their work, by queue.',
    unit: 'ops',
    kind: 'stacked',
    series: { '{{queue}}': rateOf(`pix_jobs_total{${DONE}}`, ' by (queue) ') },
  },
  {
    title: 'Jobs that fail',
    about: 'Share of the jobs of each queue in 15 minutes. A job that fails is tried again.',
    unit: 'percentunit',
    series: {
      '{{queue}}': `1 - sum by (queue) (rate(pix_jobs_total{${DONE}}[15m])) / sum by (queue) (rate(pix_jobs_total[15m]))`,
    },
    alerts: ['JobsFail'],
  },
]

const times: PanelFacts[] = [
  {
    title: 'Time for a photo',
    about: 'Mean of 15 minutes, and the time within which 95 % are read.',
    unit: 's',
    series: {
      mean: `sum(rate(pix_job_seconds_sum{${PHOTOS}}[15m])) / sum(rate(pix_job_seconds_count{${PHOTOS}}[15m]))`,
      p95: quantile(0.95, `pix_job_seconds_bucket{${PHOTOS}}`),
    },
    alerts: ['PhotosSlow'],
  },
  {
    title: 'Time for a search',
    about: 'Half of the searches and 95 % are answered within this time, once a worker has begun.',
    unit: 's',
    series: {
      p50: quantile(0.5, `pix_job_seconds_bucket{${SEARCHES}}`),
      p95: quantile(0.95, `pix_job_seconds_bucket{${SEARCHES}}`),
    },
  },
  {
    title: 'Steps of a photo',
    about:
      'Mean time of each step. "faces" finds and describes the faces, "derivatives" makes the pictures of the shop.',
    unit: 's',
    kind: 'stacked',
    series: { '{{step}}': steps(PHOTOS) },
  },
  {
    title: 'Steps of a search',
    about:
      'Mean time of each step. "catch_up" reads an event’s faces into memory, the new ones alone if it has been searched before; "scan" compares.',
    unit: 's',
    kind: 'stacked',
    series: { '{{step}}': steps(SEARCHES) },
  },
]

const quality: PanelFacts[] = [
  {
    title: 'Faces in a photo',
    about: 'Mean number of faces found in a photo.',
    unit: 'short',
    decimals: 1,
    series: { faces: `${rateOf('pix_faces_per_photo_sum')} / ${rateOf('pix_faces_per_photo_count')}` },
  },
  {
    title: 'Photos without a face',
    about:
      'Share of the photos in which no face was found. A sudden rise is another kind of photos, or an engine that fails.',
    unit: 'percentunit',
    max: 1,
    series: { 'no face': `${rateOf('pix_faces_per_photo_bucket{le="0"}')} / ${rateOf('pix_faces_per_photo_count')}` },
  },
  {
    title: 'Quality of faces',
    about:
      'From 0 (never compared) to 1. Half of the faces and the worst tenth are below these lines; small and blurred faces are low.',
    unit: 'short',
    max: 1,
    decimals: 2,
    series: {
      median: quantile(0.5, 'pix_face_quality_bucket'),
      'worst tenth': quantile(0.1, 'pix_face_quality_bucket'),
    },
  },
  {
    title: 'Faces never compared',
    about: 'Share of the faces that are too poor to be compared with a selfie.',
    unit: 'percentunit',
    max: 1,
    series: { 'never compared': `${rateOf('pix_face_quality_bucket{le="0"}')} / ${rateOf('pix_face_quality_count')}` },
  },
]

const workers: PanelFacts[] = [
  {
    title: 'Processors of the workers',
    about:
      'Cores that the processes which read photos and answer searches keep busy. They compute on processors alone: there is no graphics card to watch.',
    unit: 'short',
    kind: 'stacked',
    decimals: 2,
    series: { '{{kind}}': rateOf('pix_child_cpu_seconds', ' by (kind) ') },
    runbooks: ['CpuBusy'],
  },
  {
    title: 'Memory of the workers',
    about: 'Resident memory of those processes, and the part of it that holds the faces of events.',
    unit: 'bytes',
    series: {
      '{{kind}}': 'sum by (kind) (pix_child_resident_memory_bytes)',
      'faces of events': 'sum(pix_index_bytes)',
    },
    runbooks: ['MemoryFull'],
  },
  {
    title: 'Face engines',
    about: '1 where every worker has the weights of an engine that events need, 0 where one lacks them.',
    unit: 'none',
    kind: 'numbers',
    width: 24,
    series: { '{{engine}}': 'min by (engine) (pix_face_engines{wanted="true"})' },
    alerts: ['FaceEngineMissing'],
  },
]

export const aiProcessing = dashboard({
  uid: 'pix-ai',
  title: 'AI processing',
  about: 'Photos that are read and searches that are answered: what waits, how long it takes, and how good it is.',
  from: 'now-6h',
  rows: [
    { heading: 'Queues', panels: queues },
    { heading: 'Jobs', panels: jobs },
    { heading: 'Times', panels: times },
    { heading: 'Quality of what is found', panels: quality },
    { heading: 'Workers', panels: workers },
  ],
})
