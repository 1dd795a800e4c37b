import { createBrowserEngine, toRawImage } from '@pix/faces/browser.ts'
import { detectionLongSide } from '@pix/faces/see/pipeline.ts'
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

  /** @param picture a file that this browser can read */
  async read(picture: Blob): Promise<SelfieReading> {
    if (!engine) throw new Error('the face models are not loaded')
    return engine.readSelfie(toRawImage(await decode(picture)))
  },
}

/** Upright, on grey, no larger than the engine can use: the pixels that the server would take. */
async function decode(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' })
  const scale = Math.min(1, detectionLongSide / Math.max(bitmap.width, bitmap.height))
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)]
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser gives no pixels')
  context.fillStyle = '#808080'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  return context.getImageData(0, 0, width, height)
}

export type SelfieEngine = typeof selfieEngine
expose(selfieEngine)
