import { join } from 'node:path'
import { play, readyAnsible, writeSettings } from './ansible.ts'
import { makeCertificates } from './authority.ts'
import { boot, makeBridge, makeDisks } from './machines.ts'
import { MACHINES, RUN } from './places.ts'
import { makeAdmin, sellPhotos } from './sell.ts'
import { strangersSecrets } from './strangers.ts'
import { buildRelease } from './build-release.ts'
import { Obstacle } from '../base/say.ts'

const RELEASES = join(RUN, 'releases')

/** What a step says of itself, and figures of it. */
export interface Said {
  note: string
  figures?: Record<string, number>
}

export interface Step {
  name: string
  run(memory: Memory): Promise<Said>
}

/** What later steps know of earlier ones; it outlives the process. */
export interface Memory {
  release?: string
  secrets?: Record<string, string>
}

export const CLIENTS = Array.from({ length: 20 }, (_, at) => `10.83.0.${101 + at}`)

export const STEPS: Step[] = [
  {
    name: 'four empty machines',
    run: async memory => {
      await makeDisks()
      await makeCertificates()
      if (!(await readyAnsible())) throw new Obstacle('Ansible cannot be had here: Python with pip is needed.')
      memory.secrets = strangersSecrets()
      await writeSettings({ releases: RELEASES, vault: memory.secrets })
      return { note: `${MACHINES.length} disks, their certificates, secrets in a vault` }
    },
  },
  {
    name: 'a release',
    run: async memory => {
      memory.release = await buildRelease({ folder: RELEASES })
      return { note: memory.release }
    },
  },
  {
    name: 'converge',
    run: async ({ release }) => {
      const { changed } = await play('site.yml', { release_id: release! })
      return { note: `${changed} tasks changed something` }
    },
  },
  {
    name: 'a second run changes nothing',
    run: async ({ release }) => {
      const { changed, tasks } = await play('site.yml', { release_id: release! })
      if (changed > 0) throw new Error(`it changed ${tasks.join(', ')}`)
      return { note: 'changed=0' }
    },
  },
  {
    name: 'the first admin, by the setup link',
    run: async () => {
      await makeAdmin()
      return { note: 'made through the public origin' }
    },
  },
  {
    name: 'the main job over TLS',
    run: async () => {
      const { order, seconds } = await sellPhotos()
      return {
        note: `${order!.number}: ${order!.photos} photos, byte for byte, paid in ${seconds.payToFulfilled?.toFixed(1)} s`,
      }
    },
  },
]

/** The machines and their bridge, also after the test itself was started again. */
export async function readyMachines(): Promise<void> {
  await makeBridge(CLIENTS)
  await Promise.all(MACHINES.map(machine => boot(machine)))
}
