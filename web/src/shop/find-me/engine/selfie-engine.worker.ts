import { type BrowserEngine, createBrowserEngine, toRawImage } from '@pix/faces/browser.ts'
import type { FaceEngineName } from '@pix/faces/engines.ts'
import { BACKGROUND } from '@pix/faces/see/image/background.ts'
import { halve } from '@pix/faces/see/image/pyramid.ts'
import { detectionLongSide } from '@pix/faces/see/pipeline.ts'
import type { Box, RawImage, SelfieReading } from '@pix/faces/types.ts'
import { expose } from 'comlink'
import { fetchModelFiles, type ModelSet } from './model-files.ts'

let engine: BrowserEngine | undefined

/** The face engine in a thread of its own: the page stays quick while it computes. */
const selfieEngine = {
  /**
   * @param offered folders of the sets of all engines
   * @returns the models' version, which the api compares with its own, and whether `findFaces` is quick enough to be used
   */
  async load(
    name: FaceEngineName,
    set: ModelSet,
    offered: readonly string[],
    onBytes: (bytes: number) => void,
  ): Promise<{ modelVersion: string; findsFaces: boolean }> {
    const contents = await fetchModelFiles(set, offered, onBytes)
    engine = await createBrowserEngine(name, async file => {
      const content = contents.get(file)
      if (!content) throw new Error(`there is no model file ${file}`)
      return content
    })
    return { modelVersion: engine.modelVersion, findsFaces: engine.findLiveFaces !== null }
  },

  /** Where faces are in a small frame of the camera's live picture, largest first. */
  async findFaces(frame: ImageData): Promise<Box[]> {
    if (!engine?.findLiveFaces) throw new Error('the face models are not loaded')
    return engine.findLiveFaces(toRawImage(frame))
  },

  /** @param picture a file that this browser can read */
  async read(picture: Blob): Promise<SelfieReading> {
    if (!engine) throw new Error('the face models are not loaded')
    return engine.readSelfie(await decode(picture))
  },
}

/**
 * Longer side of the pictures that are taken whole: phones' cameras make 4032 × 3024 of their 12 megapixels, and Safari's
 * canvas has at most 16 (4096 × 4096).
 */
const WHOLE = 4096

/**
 * A selfie's pixels, no more than the engine can use. Larger ones are halved, once or more: that is the mean of four
 * pixels wherever it is done, while every program has its own way to shrink a picture, and landmarks, and so the
 * embedding, would move with it.
 */
async function decode(picture: Blob): Promise<RawImage> {
  let pixels = toRawImage(await paint(picture))
  while (Math.max(pixels.width, pixels.height) > detectionLongSide) pixels = halve(pixels)
  return pixels
}

/** Upright, on the background of all pictures; what would need too much memory is shrunk by the browser. */
async function paint(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' })
  const halvings = Math.max(0, Math.ceil(Math.log2(Math.max(bitmap.width, bitmap.height) / WHOLE)))
  const [width, height] = [bitmap.width >> halvings, bitmap.height >> halvings]
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser gives no pixels')
  context.fillStyle = BACKGROUND
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  return context.getImageData(0, 0, width, height)
}

export type SelfieEngine = typeof selfieEngine
expose(selfieEngine)
