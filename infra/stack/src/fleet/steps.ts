import { play, readyAnsible, writeSettings } from './ansible.ts'
import { ALERT_STEPS } from './alert-steps.ts'
import { makeCertificates } from './authority.ts'
import { buildRelease } from './build-release.ts'
import { certificateStep } from './certificate-step.ts'
import { DEPLOY_STEPS } from './deploy-steps.ts'
import { boot, makeBridge, makeDisks } from './machines.ts'
import { logStep } from './log-step.ts'
import { MACHINES } from './places.ts'
import { NETWORK_STEPS } from './network-steps.ts'
import { PHOTO_STEPS } from './photo-steps.ts'
import { REBOOT_STEPS, RECOVERY_STEPS } from './recovery-steps.ts'
import { makeAdmin, sellPhotos } from './sell.ts'
import { CLIENTS, RELEASES, type Step } from './step.ts'
import { strangersSecrets } from './strangers.ts'
import { unwantedStep } from './unwanted-step.ts'
import { Obstacle } from '../base/say.ts'

const FIRST_STEPS: Step[] = [
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
    name: 'check mode finds nothing to change',
    run: async ({ release }) => {
      const { changed, tasks } = await play('site.yml', { release_id: release! }, { check: true })
      if (changed > 0) throw new Error(`it would change ${tasks.join(', ')}`)
      return { note: '--check, changed=0' }
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

/** From four empty machines on, in the order in which they are done. */
export const STEPS: Step[] = [
  ...FIRST_STEPS,
  certificateStep,
  logStep,
  unwantedStep,
  ...NETWORK_STEPS,
  ...ALERT_STEPS,
  ...DEPLOY_STEPS,
  ...RECOVERY_STEPS,
  ...PHOTO_STEPS,
  ...REBOOT_STEPS,
]

/** The machines and their bridge, also after the test itself was started again. */
export async function readyMachines(): Promise<void> {
  await makeBridge(CLIENTS)
  await Promise.all(MACHINES.map(machine => boot(machine)))
}
