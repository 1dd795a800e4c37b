import { once } from 'node:events'
import { uploadPhoto } from '@pix/contracts/photos.ts'
import { largePhotos } from './large-photos.ts'
import { createVisitor, DEMO } from './try/visitor.ts'

const UPLOADERS = 4

/**
 * A photographer's machine, forked by bench/photos.ts with the shop's address and how many photos there are: says
 * `ready` once they are taken, receives the event, and says `done` after single uploads, a few at a time, within the
 * default limits.
 */
async function main(baseUrl: string, count: number): Promise<void> {
  const files = await largePhotos(count)
  const photographer = createVisitor(baseUrl)
  await photographer.signIn(DEMO.photographer)
  process.send?.('ready')
  const [eventId] = (await once(process, 'message')) as [string]
  const uploader = async () => {
    for (const file of files) {
      const { outcome, code } = await photographer.call(uploadPhoto, { form: { eventId, photo: file } })
      if (outcome !== 'stored') throw new Error(`a photo was ${outcome}: ${code}`)
    }
  }
  await Promise.all(Array.from({ length: UPLOADERS }, uploader))
  process.send?.('done')
  process.disconnect()
}

const [baseUrl = '', count = '0'] = process.argv.slice(2)
await main(baseUrl, Number(count))
