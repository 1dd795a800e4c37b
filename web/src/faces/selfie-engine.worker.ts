import { createBrowserEngine, toRawImage } from '@pix/faces/browser.ts'
import type { FaceEngine, SelfieReading } from '@pix/faces/types.ts'
import { expose } from 'comlink'
import { fetchModelFiles, type ModelFile } from './model-files.ts'

let engine: FaceEngine | undefined

/** The face engine in a thread of its own: the page stays quick while it computes. */
const selfieEngine = {
  /** @returns the models' version, which the api compares with its own */
  async load(url: string, files: readonly ModelFile[], onBytes: (bytes: number) => void): Promise<string> {
    const contents = await fetchModelFiles(url, files, onBytes)
    engine = await createBrowserEngine(async name => {
      const content = contents.get(name)
      if (!content) throw new Error(`there is no model file ${name}`)
      return content
    })
    return engine.modelVersion
  },

  /** @param picture upright; closed when it has been read */
  async read(picture: ImageBitmap): Promise<SelfieReading> {
    if (!engine) throw new Error('the face models are not loaded')
    const { width, height } = picture
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('this browser gives no pixels')
    context.drawImage(picture, 0, 0)
    picture.close()
    return engine.readSelfie(toRawImage(context.getImageData(0, 0, width, height)))
  },
}

export type SelfieEngine = typeof selfieEngine
expose(selfieEngine)
