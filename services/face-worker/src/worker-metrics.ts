import { JOB_BUCKETS } from '@pix/platform/job-metrics.ts'
import { readFileSync } from 'node:fs'
import { Gauge, Histogram, register } from 'prom-client'
import { cpuSeconds } from './children/fork-child.ts'

export const stepSeconds = new Histogram({
  name: 'pix_step_seconds',
  help: 'Time taken by each step of a job',
  labelNames: ['queue', 'step'],
  buckets: JOB_BUCKETS,
})

const facesPerPhoto = new Histogram({
  name: 'pix_faces_per_photo',
  help: 'Faces found in a photo',
  buckets: [0, 1, 2, 5, 10, 20, 50, 100],
})

const faceQuality = new Histogram({
  name: 'pix_face_quality',
  help: 'How good for comparing a face found in a photo is, from 0 (never compared) to 1',
  buckets: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
})

export const indexBytes = new Gauge({ name: 'pix_index_bytes', help: 'Memory held by the face indexes of all events' })

export const indexFaces = new Gauge({ name: 'pix_index_faces', help: 'Faces of the event that was searched last' })

export const faceRuntime = new Gauge({
  name: 'pix_face_runtime',
  help: 'Which runtime runs the face models',
  labelNames: ['runtime'],
})

export const faceEngines = new Gauge({
  name: 'pix_face_engines',
  help: 'The face engines: 1 where this worker has the weights, 0 where it lacks them and leaves their events to others',
  labelNames: ['engine', 'wanted', 'advice'],
})

export const rereadPhotos = new Gauge({
  name: 'pix_reread_photos',
  help: 'Photos of events that are read again for other face models: those read, those that wait, those given up',
  labelNames: ['state'],
})

export const vanishingAge = new Gauge({
  name: 'pix_vanishing_oldest_seconds',
  help: 'Age of the oldest object that must vanish',
  labelNames: ['kind'],
})

/** By kind. */
const children = new Map<string, () => number[]>()

/** @param pids the children of this kind there are now */
export const watchChildren = (kind: string, pids: () => number[]) => children.set(kind, pids)

/** A gauge of one number of each child there is, read whenever the metrics are. Linux only, as for this process itself. */
const childGauge = (name: string, help: string, read: (pid: number) => number) =>
  register.registerMetric(
    new Gauge({
      name,
      help,
      labelNames: ['kind', 'process'],
      registers: [],
      collect() {
        this.reset()
        for (const [kind, pids] of children)
          for (const [n, pid] of pids().entries()) this.set({ kind, process: String(n) }, read(pid))
      },
    }),
  )

const residentBytes = (pid: number) => 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1] ?? 0)

/** Nothing where there is no such kernel, or no such process any more. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

childGauge('pix_child_resident_memory_bytes', 'Resident memory of each child process', residentBytes)
// A child that was replaced begins again at 0.
childGauge('pix_child_cpu_seconds', 'Processor time that each child process has used', pid => cpuSeconds(pid) ?? 0)

/** @param qualities of each face found in one photo */
export function observeFaces(qualities: number[]): void {
  facesPerPhoto.observe(qualities.length)
  for (const quality of qualities) faceQuality.observe(quality)
}

/** @param steps milliseconds by step */
export function observeSteps(queue: string, steps: Record<string, number>): void {
  for (const [step, ms] of Object.entries(steps)) stepSeconds.observe({ queue, step }, ms / 1_000)
}
