import { play } from './ansible.ts'
import { on } from './machines.ts'
import { until, untilServing } from './recovery-steps.ts'
import { sellPhotos } from './sell.ts'
import type { Step } from './step.ts'

/** On the api's machine, with what its mirror is set to. */
const rclone = (command: string) => on('vm1', `set -a; . /etc/pix-mirror.env; rclone ${command}`)

/** Each object's key and SHA-256, in order. */
async function contents(): Promise<string[]> {
  const { stdout } = await rclone('hashsum sha256 --download photos:thepixstock')
  return stdout.split('\n').filter(Boolean).toSorted()
}

/** What the last run of the mirror has measured. */
async function mirrored(figure: string): Promise<number> {
  const { stdout } = await on('vm1', 'cat /var/lib/prometheus/node-exporter/pix_mirror.prom')
  return Number(new RegExp(`^pix_mirror_${figure} (\\S+)$`, 'm').exec(stdout)?.[1])
}

/** The mirror has what the bucket has: a run that had begun before does not count. */
const mirror = () => on('vm1', 'systemctl start pix-mirror && systemctl start pix-mirror')

/** MinIO's disk is gone with all buckets, also its own notes of them. */
const loseDisk = () =>
  on(
    'vm1',
    'systemctl stop minio; rm -rf /var/lib/minio/data; install -d -o minio -g minio -m 750 /var/lib/minio/data; systemctl start minio',
  )

const lost: Step = {
  name: 'the photos lost and brought back',
  run: async () => {
    const sale = await sellPhotos()
    await mirror()
    const before = await contents()
    const bytes = await mirrored('bytes')
    await loseDisk()
    const lostAt = Date.now()
    const { exitCode } = await on('vm1', 'systemctl start pix-mirror', { reject: false })
    if (exitCode === 0 || (await mirrored('success')) !== 0) throw new Error('the mirror followed an empty bucket')
    await play('restore-photos.yml')
    await untilServing()
    const photosRtoSeconds = Math.round((Date.now() - lostAt) / 1_000)
    const after = new Set(await contents())
    const missing = before.filter(line => !after.has(line))
    if (missing.length > 0)
      throw new Error(`${missing.length} of ${before.length} differ: ${missing.slice(0, 3).join(', ')}`)
    await mirror()
    await until('the mirror is up to date', async () => (await mirrored('success')) === 1)
    const { order } = await sellPhotos({ again: sale })
    return {
      note:
        `${before.length} objects of ${(bytes / 1e6).toFixed(0)} MB, byte for byte, after ${photosRtoSeconds} s; ` +
        `${order!.number}: ${order!.photos} of the photos sold again`,
      figures: { photosRtoSeconds },
    }
  },
}

export const PHOTO_STEPS: Step[] = [lost]
