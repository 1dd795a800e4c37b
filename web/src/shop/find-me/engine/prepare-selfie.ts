import { SELFIE_LONG_SIDE } from '@pix/domain/picture-sizes.ts'
import { BACKGROUND } from '@pix/faces/see/image/background.ts'

/** What is searched with: upright, no larger than the search needs, and an address to show it by. */
export interface Selfie {
  blob: Blob
  /** Object URL; `forgetSelfie` frees it. */
  url: string
  /** width / height; null where this browser cannot read the picture and the server must. */
  aspect: number | null
  /** As it was chosen, for a search on this device: nothing of it is lost there. */
  original: Blob
}

/** Turns a chosen file upright and makes it smaller: a stadium's net is slow. A format that only the server reads goes as it is. */
export async function prepareSelfie(file: Blob): Promise<Selfie> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return { blob: file, url: URL.createObjectURL(file), aspect: null, original: file }
  const scale = Math.min(1, SELFIE_LONG_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  context.imageSmoothingQuality = 'high'
  context.fillStyle = BACKGROUND
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { ...(await fromCanvas(canvas)), original: file }
}

/** The picture on a canvas as a selfie. */
export async function fromCanvas(canvas: HTMLCanvasElement): Promise<Selfie> {
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.92))
  if (!blob) throw new Error('the browser made no JPEG')
  return { blob, url: URL.createObjectURL(blob), aspect: canvas.width / canvas.height, original: blob }
}

export function forgetSelfie(selfie: Selfie | null): void {
  if (selfie) URL.revokeObjectURL(selfie.url)
}
