import { boughtPreviewUrl } from './bought-urls.ts'

const JPEG = { type: 'image/jpeg' }

/** Whether this browser hands pictures on, to its photos or to another app. */
export const canSharePhotos = (): boolean =>
  navigator.canShare?.({ files: [new File(['-'], 'photo.jpg', JPEG)] }) ?? false

/**
 * Hands a bought photo's picture without a watermark on by the system's own sheet. It is small, so that it is here before
 * the browser forgets that somebody pressed.
 *
 * @throws Error when it could not be fetched or handed on; one that was called off is none
 */
export async function sharePhoto(photoId: string, fileName: string): Promise<void> {
  const answer = await fetch(boughtPreviewUrl(photoId))
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`)
  const name = `${fileName.replace(/\.[^.]*$/, '')}.jpg`
  const files = [new File([await answer.blob()], name, JPEG)]
  await navigator.share({ files }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  })
}
